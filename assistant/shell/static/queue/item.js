// One question of the queue. What is typed stays, whatever changes around it.
import { button, field, fill, h } from "../shared/dom.js";
import { say } from "../shared/words.js";

const SOON_S = 60;

// 75 -> "1:15"
function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const rest = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

function whose(one) {
  if (one.state === "taken") return one.mine ? say("taken_by_you") : say("taken_by", { name: one.receiver });
  return one.mine ? say("for_you") : say("for_other", { name: one.receiver ?? "" });
}

export function makeItem(given, { act, pass }) {
  let one = given;
  let drawn = "";
  const head = h("p", { className: "head" });
  const waited = h("span", { className: "waited" });
  const goesOn = h("span");
  const about = h("div");
  const text = h("textarea", { rows: 3, maxLength: 2000 });
  const send = h("button", { type: "submit", className: "primary" }, say("send"));
  const takes = button("", take, { className: "take" });
  const passes = button(say("pass"), () => pass(one));
  const form = h(
    "form",
    { onsubmit: (event) => { event.preventDefault(); submit(); } },
    field(say("answer"), text, say("answer_hint")),
    h("div", { className: "buttons" }, send, takes, passes),
  );
  const element = h("li", { className: "item", tabIndex: -1, "data-key": one.key }, head, about, form);

  async function take() {
    if (one.state !== "taken" && (await act(`${one.key}/take`))) write();
  }

  const write = () => text.focus();

  async function submit() {
    if (!text.value.trim() || send.disabled) return write();
    send.disabled = true;
    const done = await act(`${one.key}/answer`, { text: text.value }, say("sent"));
    send.disabled = false;
    if (done) window.dispatchEvent(new Event("answered"));
    return undefined;
  }

  function tick() {
    const now = Date.now();
    waited.textContent = say("waited", { time: clock((now - new Date(one.asked_at)) / 1000) });
    const left = one.goes_on_at ? (new Date(one.goes_on_at) - now) / 1000 : null;
    goesOn.textContent = left === null ? "" : say("goes_on", { time: clock(left) });
    goesOn.className = left !== null && left < SOON_S ? "soon" : "";
  }

  function update(now) {
    one = now;
    element.classList.toggle("for-me", one.mine);
    element.classList.toggle("taken", one.state === "taken" && one.mine);
    takes.textContent = say("take");
    takes.hidden = one.state === "taken";
    passes.hidden = one.state === "taken" && !one.mine;
    form.hidden = one.state === "taken" && !one.mine;
    fill(
      head,
      h("span", { className: "topic" }, one.topic.name),
      waited,
      h("span", {}, whose(one)),
      goesOn,
      h("span", {}, say("from", { name: one.asked_by, audience: one.audience })),
    );
    const told = JSON.stringify([one.question, one.need, one.turns, one.sources, one.masked]);
    if (told !== drawn) fill(about, ...aboutOf(one)); // what is being read or selected stays
    drawn = told;
    tick();
  }

  update(given);
  return { element, update, tick, take, write, send: submit, now: () => one, seen: false };
}

function aboutOf(one) {
  const part = (key, ...inside) => [h("h3", {}, say(key)), ...inside];
  return [
    h("p", { className: "question" }, one.question ?? say("gone")),
    one.need && one.need !== one.question ? part("need", h("p", {}, one.need)) : null,
    one.turns.length
      ? part("turns", one.turns.map((turn) => h("p", { className: "said" }, h("b", {}, say(`speaker_${turn.speaker}`)), turn.text)))
      : null,
    one.sources.length ? part("sources", h("p", {}, one.sources.map((source) => source.title).join(" · "))) : null,
    one.masked ? h("p", { className: "hint" }, say("masked")) : null,
  ];
}
