// Ask the company: one key sends the question with its context; a person's answer appears here.
import { problemLine } from "../shared/api.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { shortMoment } from "../shared/words.js";

const PREVIEW_AFTER_MS = 500;
const MAX_CHARS = 1000;
const OPEN = ["waiting", "taken"];

export function mount(element, { key, say, api, stream, page, reply, announce, badge, show }) {
  const asked = new Map();
  let need = "";
  let sources = [];
  let typed = false;
  let preview = null;
  let timer = null;
  let sending = false;

  const question = h("textarea", { rows: 2, maxLength: MAX_CHARS, id: "escalation-question", oninput: () => { typed = question.value !== ""; later(); } });
  const topic = choice([["", ""]], "", { onchange: look });
  const what = h("div");
  const problem = h("div");
  const send = h("button", { type: "submit", className: "primary" }, say("escalation_send"), " ", h("kbd", {}, say("escalation_key")));
  const form = h(
    "form",
    { onsubmit: (event) => { event.preventDefault(); ask(); } },
    field(say("escalation_question"), question, say("escalation_hint")),
    field(say("escalation_topic"), topic),
    what,
    problem,
    h("div", { className: "buttons" }, send),
  );
  const list = h("ul", { className: "list" });
  const none = h("p", { className: "muted" }, say("escalation_none"));
  fill(element, list, none, form);

  const body = () => ({
    question: question.value.trim(),
    need: need !== question.value.trim() ? need : "",
    sources,
    contact: key,
    topic: topic.value ? Number(topic.value) : null,
  });

  // ---- what will be sent, before it is ----

  function later() {
    clearTimeout(timer);
    timer = setTimeout(look, PREVIEW_AFTER_MS);
  }

  async function look() {
    clearTimeout(timer);
    if (element.hidden || !question.value.trim() || page.state() === "ended") return;
    const now = body();
    try {
      const given = await api.post("/escalations/preview", now);
      if (JSON.stringify(now) !== JSON.stringify(body())) return;
      preview = given;
      fill(problem);
      drawPreview();
    } catch (error) {
      fill(problem, problemLine(error));
    }
  }

  function drawPreview() {
    const chosen = topic.value;
    const auto = !chosen && preview.topic ? say("escalation_topic_auto", { name: preview.topic.name }) : "—";
    fill(topic, h("option", { value: "" }, auto), preview.topics.map((one) => h("option", { value: one.number }, one.name)));
    topic.value = chosen;
    const to = preview.topic
      ? preview.receiver
        ? h("p", {}, say("escalation_receiver", { name: preview.receiver }))
        : h("p", { className: "due" }, say("escalation_nobody_now"))
      : h("p", { className: "due" }, say("escalation_topic_none"));
    const opened = what.querySelector("details")?.open;
    fill(what, to, preview.receiver ? h("details", { open: Boolean(opened) }, h("summary", {}, say("escalation_what")), sent(preview)) : null);
  }

  function sent(told) {
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

  async function ask() {
    if (sending || page.state() === "ended") return;
    if (!question.value.trim()) {
      question.focus();
      return;
    }
    sending = send.disabled = true;
    fill(problem);
    try {
      const given = await api.post("/escalations", body());
      question.value = topic.value = "";
      typed = false;
      fill(what);
      take(given);
    } catch (error) {
      fill(problem, problemLine(error));
    } finally {
      sending = send.disabled = false;
    }
  }

  // ---- what became of it ----

  function take(one) {
    const known = asked.get(one.key);
    if (known && known.one.steps.at(-1).at > one.steps.at(-1).at) return;
    const item = known || { element: h("li", { "data-key": one.key }), read: false };
    if (!known) {
      asked.set(one.key, item);
      list.prepend(item.element);
    }
    const answered = one.state === "answered" && item.one?.state !== "answered";
    item.one = one;
    drawItem(item);
    none.hidden = true;
    if (answered && known) {
      announce(say("escalation_news", { name: one.answer?.name ?? "" }));
      show();
    }
    const open = [...asked.values()].filter((each) => OPEN.includes(each.one.state)).length;
    badge(open ? String(open) : "");
    read(item);
  }

  function stateLine(one) {
    if (one.state === "waiting") {
      const since = one.steps.filter((step) => step.kind === "sent").at(-1)?.at ?? one.asked_at;
      const passed = one.steps.some((step) => step.kind === "passed") ? ` · ${say("escalation_passed")}` : "";
      return h("p", { className: "due" }, say("escalation_waiting", { name: one.receiver ?? "", time: shortMoment(since) }) + passed);
    }
    if (one.state === "taken") return h("p", { className: "done" }, say("escalation_taken", { name: one.receiver ?? "" }));
    if (one.state === "expired") return h("p", { className: "late" }, say("escalation_expired"));
    return h("p", { className: "muted" }, say(one.state === "answered" ? "escalation_answered" : "escalation_withdrawn"));
  }

  function drawItem(item) {
    const { one } = item;
    const open = OPEN.includes(one.state);
    const more = h("div");
    const details = h("details", { ontoggle: () => details.open && !more.children.length && load(one.key, more) }, h("summary", {}, say("escalation_what")), more);
    fill(
      item.element,
      h("p", { className: "muted" }, one.topic.name, " · ", one.question ?? ""),
      stateLine(one),
      one.answer ? word(item) : null,
      details,
      open
        ? h("div", { className: "buttons" }, button(say("escalation_withdraw"), () => change(`${one.key}/withdraw`)), button(say("escalation_change"), () => choose(item)))
        : null,
    );
  }

  // A person's word stands apart from what sources say, and is copied with whose it is.
  function word({ one }) {
    const role = say(`escalation_role_${one.answer.role}`);
    const person = say("escalation_person", { name: one.answer.name ?? "", role, time: shortMoment(one.answer.at) });
    const use = () => {
      reply(one.answer.text);
      api.post(`/escalations/${one.key}/used`).catch(() => null);
    };
    return h(
      "blockquote",
      { className: "person-word" },
      h("p", { className: "words" }, one.answer.text),
      h("p", { className: "by" }, person),
      h("p", { className: "hint" }, say("escalation_not_source")),
      button(say("escalation_use"), use),
    );
  }

  async function load(which, into) {
    try {
      const one = await api.get(`/escalations/${which}`);
      fill(into, one.sent ? sent(one.sent) : null);
    } catch (error) {
      fill(into, problemLine(error));
    }
  }

  async function change(path, given) {
    try {
      fill(problem);
      take(await api.post(`/escalations/${path}`, given));
    } catch (error) {
      fill(problem, problemLine(error));
    }
  }

  async function choose(item) {
    let topics;
    try {
      ({ topics } = await api.get("/escalations/topics"));
    } catch (error) {
      return fill(problem, problemLine(error));
    }
    const other = choice(topics.map((one) => [one.number, one.name]), item.one.topic.number, { "aria-label": say("escalation_topic") });
    item.element.append(h("div", { className: "buttons" }, other, button(say("escalation_change"), () => change(`${item.one.key}/topic`, { topic: Number(other.value) }))));
    return other.focus();
  }

  // Read is what was on a page that somebody looks at.
  function read(item) {
    if (item.read || item.one.state !== "answered" || document.hidden || element.hidden) return;
    item.read = true;
    api.post(`/escalations/${item.one.key}/read`).catch(() => (item.read = false));
  }

  stream.on("escalation", ({ body: one }) => take(one));
  stream.on("suggestions", ({ body: told }) => {
    const cited = told.suggestions.flatMap((one) => one.statement.citations.map((citation) => citation.document));
    sources = [...new Set(cited)].slice(0, 10);
  });
  stream.on("turn", ({ turn }) => {
    if (turn.speaker !== "customer" || !turn.final || !turn.text) return;
    need = turn.text.slice(0, MAX_CHARS);
    if (typed) return;
    question.value = need;
    later();
  });
  const pressed = (event) => {
    if (event.key !== "F7" || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    show();
    if (!event.repeat) ask();
  };
  const seen = () => asked.forEach(read);
  const shown = new MutationObserver(() => { seen(); if (!element.hidden) later(); });
  shown.observe(element, { attributes: true, attributeFilter: ["hidden"] });
  document.addEventListener("keydown", pressed);
  document.addEventListener("visibilitychange", seen);
  const over = page.on("state", (state) => (form.hidden = state === "ended"));
  form.hidden = page.state() === "ended";
  return () => {
    clearTimeout(timer);
    shown.disconnect();
    over();
    document.removeEventListener("keydown", pressed);
    document.removeEventListener("visibilitychange", seen);
  };
}
