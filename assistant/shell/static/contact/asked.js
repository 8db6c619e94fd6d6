// One question that was asked, as it moves on. Its parts are made once: what the agent has opened
// stays open, and what has the focus keeps it.
import { problemLine } from "../shared/api.js";
import { button, choice, fill, h } from "../shared/dom.js";
import { shortMoment } from "../shared/words.js";

export const OPEN = ["waiting", "taken"];

export function makeAsked(key, { say, api, reply, change }) {
  let one = null;
  const head = h("p", { className: "muted" });
  const state = h("p");
  const answer = h("div");
  const more = h("div");
  const details = h("details", { ontoggle: () => details.open && !more.children.length && load() }, h("summary", {}, say("escalation_what")), more);
  const other = h("div", { className: "buttons" });
  const buttons = h("div", { className: "buttons" }, button(say("escalation_withdraw"), () => change(`${key}/withdraw`)), button(say("escalation_change"), choose));
  const element = h("li", { "data-key": key }, head, state, answer, details, buttons, other);

  function update(now) {
    one = now;
    fill(head, one.topic.name, " · ", one.question ?? "");
    [state.className, state.textContent] = stateOf(one);
    if (one.answer && !answer.children.length) answer.append(word());
    buttons.hidden = other.hidden = !OPEN.includes(one.state);
  }

  function stateOf({ state: kind, receiver, steps, asked_at: askedAt }) {
    if (kind === "waiting") {
      const since = steps.filter((step) => step.kind === "sent").at(-1)?.at ?? askedAt;
      const passed = steps.some((step) => step.kind === "passed") ? ` · ${say("escalation_passed")}` : "";
      return ["due", say("escalation_waiting", { name: receiver ?? "", time: shortMoment(since) }) + passed];
    }
    if (kind === "taken") return ["done", say("escalation_taken", { name: receiver ?? "" })];
    if (kind === "expired") return ["late", say("escalation_expired")];
    return ["muted", say(kind === "answered" ? "escalation_answered" : "escalation_withdrawn")];
  }

  // A person's word stands apart from what sources say, and is copied with whose it is.
  function word() {
    const { text, name, role, at } = one.answer;
    const use = () => {
      reply(text);
      api.post(`/escalations/${key}/used`).catch(() => null);
    };
    return h(
      "blockquote",
      { className: "person-word" },
      h("p", { className: "words" }, text),
      h("p", { className: "by" }, say("escalation_person", { name: name ?? "", role: say(`escalation_role_${role}`), time: shortMoment(at) })),
      h("p", { className: "hint" }, say("escalation_not_source")),
      button(say("escalation_use"), use),
    );
  }

  async function load() {
    try {
      const { sent } = await api.get(`/escalations/${key}`);
      fill(more, sent ? sentOf(sent, say) : null);
    } catch (error) {
      fill(more, problemLine(error));
    }
  }

  async function choose() {
    let topics;
    try {
      ({ topics } = await api.get("/escalations/topics"));
    } catch (error) {
      return fill(other, problemLine(error));
    }
    const topic = choice(topics.map(({ number, name }) => [number, name]), one.topic.number, { "aria-label": say("escalation_topic") });
    const send = async () => {
      await change(`${key}/topic`, { topic: Number(topic.value) });
      fill(other);
    };
    fill(other, topic, button(say("escalation_change"), send));
    return topic.focus();
  }

  return { element, update };
}

// What the company's people are sent with a question.
export function sentOf(told, say) {
  return [
    h("p", {}, told.question ?? ""),
    told.need ? h("p", {}, h("b", {}, say("escalation_need")), " ", told.need) : null,
    told.turns.length
      ? h("ul", { "aria-label": say("escalation_turns") }, told.turns.map((turn) => h("li", {}, h("b", {}, say(`escalation_speaker_${turn.speaker}`)), " ", turn.text)))
      : h("p", { className: "muted" }, say("escalation_no_turns")),
    told.sources.length ? h("p", {}, h("b", {}, say("escalation_sources")), " ", told.sources.map((one) => one.title).join(" · ")) : null,
    told.masked ? h("p", { className: "hint" }, say("escalation_masked")) : null,
  ];
}
