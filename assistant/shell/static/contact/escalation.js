// Ask the company: one key sends the question with its context; a person's answer appears here.
import { problemLine } from "../shared/api.js";
import { choice, field, fill, h } from "../shared/dom.js";
import { makeAsked, OPEN, sentOf } from "./asked.js";

const PREVIEW_AFTER_MS = 500;
const MAX_CHARS = 1000;
const LEAST_WORDS = 5; // fewer, and no question: a greeting, thanks or a bare number

const asks = (text) => /[?¿]/.test(text) || (text?.match(/\p{L}+/gu) || []).length >= LEAST_WORDS;

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
    fill(what, to, preview.receiver ? h("details", { open: Boolean(opened) }, h("summary", {}, say("escalation_what")), sentOf(preview, say)) : null);
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
    const item = known || { ...makeAsked(one.key, { say, api, reply, change }), read: false };
    if (!known) {
      asked.set(one.key, item);
      list.prepend(item.element);
    }
    const answered = one.state === "answered" && item.one?.state !== "answered";
    item.one = one;
    item.update(one);
    none.hidden = true;
    if (answered && known) {
      announce(say("escalation_news", { name: one.answer?.name ?? "" }));
      show();
    }
    const open = [...asked.values()].filter((each) => OPEN.includes(each.one.state)).length;
    badge(open ? String(open) : "");
    read(item);
  }

  async function change(path, given) {
    try {
      fill(problem);
      take(await api.post(`/escalations/${path}`, given));
    } catch (error) {
      fill(problem, problemLine(error));
    }
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
    if (turn.speaker !== "customer" || !turn.final || !asks(turn.text)) return;
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
