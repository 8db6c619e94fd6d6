// One contact to review: what was said, what the agent had, and the scorecard beside it. Numbers
// choose an answer, 0 is "not applicable"; the next item and the one before are a key away.
import { get, post, problemLine } from "../shared/api.js";
import { tell } from "../shared/dialog.js";
import { button, field, fill, find, h } from "../shared/dom.js";
import { percent, reviewBody, scoreChip } from "../shared/reviews.js";
import { momentText, number, say } from "../shared/words.js";
import { audienceTitle } from "./state.js";

const NOT_APPLICABLE = "";
let opened = null;

export async function taskView(view, task) {
  opened = null;
  fill(view, back(), h("p", { className: "loading" }, say("loading")));
  try {
    const found = await get(`/reviews/tasks/${task}`);
    draw(view, found);
    if (found.task.state === "open") await propose(task);
  } catch (error) {
    fill(view, back(), problemLine(error, () => taskView(view, task)));
  }
}

const back = () => h("p", { className: "back" }, h("a", { href: "#/reviews" }, `← ${say("tab_reviews")}`));

function draw(view, found) {
  const { task, card, reviews } = found;
  const mine = reviews.filter((one) => one.task === task.number);
  const others = reviews.filter((one) => one.task !== task.number);
  const facts = [say(`channel_${task.channel}`), task.agent, audienceTitle(task.audience), say(`tenure_${task.tenure}`), momentText(task.ended_at), say("sample_number", { number: number(task.sample) })];
  const side = h("section", { className: "card score-side", "aria-label": card.title });
  fill(
    view,
    back(),
    h("h2", {}, say("reviewing", { agent: task.agent })),
    h("p", { className: "muted" }, facts.join(" · ")),
    h("div", { className: "beside" }, talk(found), side),
  );
  if (task.state === "erased") return fill(side, h("p", {}, say("task_erased")));
  if (mine.length) return given(side, found, mine, others);
  return ask(side, found);
}

// ---- what was said ----

function talk({ turns, had }) {
  const line = (turn) => h("li", { id: `turn-${turn.number}`, className: turn.speaker }, h("span", { className: "name" }, say(`speaker_${turn.speaker}`)), h("p", {}, turn.text ?? say("words_gone")));
  const source = (one) => h("li", {}, one.cited.map((cited) => [h("blockquote", {}, cited.quote), h("p", { className: "name" }, `${cited.title} · ${say("version_short", { number: cited.version })}`)]), h("p", { className: "name" }, [...new Set(one.acts)].map((act) => say(`act_${act}`)).join(", ")));
  return h(
    "section",
    { className: "card talk", tabIndex: 0, "aria-label": say("conversation") },
    h("h3", {}, say("conversation")),
    h("ol", { className: "turns" }, turns.map(line)),
    h("h3", {}, say("had")),
    had.length ? h("ol", { className: "plain" }, had.map(source)) : h("p", { className: "muted" }, say("had_nothing")),
  );
}

// ---- giving ----

function ask(side, found, before = null) {
  const { task, card } = found;
  const form = h("form", { className: "scorecard", onsubmit: (event) => send(event, side, found, form, before) });
  const reason = before ? h("input", { required: true, minLength: 3, maxLength: 2000 }) : null;
  const whole = h("textarea", { rows: 2, maxLength: 2000, value: before?.notes[""] ?? "" });
  const go = h("button", { type: "submit", className: "primary" }, say("give"), " ", h("kbd", {}, "Ctrl+Enter"));
  fill(
    form,
    card.sections.map((section) => [h("h3", {}, section.title, " ", h("span", { className: "muted" }, say("weight_of", { weight: number(section.weight) }))), section.items.map((item) => itemField(item, before))]),
    field(say("note_whole"), whole, say("note_hint")),
    reason ? field(say("reason"), reason, say("reason_hint")) : null,
    h("div", { className: "problem-place" }),
    h("div", { className: "buttons" }, go, before ? button(say("cancel"), () => taskAgain(task)) : null),
  );
  form.whole = whole;
  form.reason = reason;
  fill(side, h("h2", {}, card.title), task.double ? h("p", { className: "hint" }, say("double_told")) : null, form);
  opened = { form, task, touched: new Set(before ? Object.keys(before.answers) : []) };
  form.addEventListener("change", (event) => event.target.name && opened?.touched.add(event.target.name));
}

function itemField(item, before) {
  const id = `item-${item.id}`;
  const options = [...item.options.map((one) => [one.id, one.title]), ...(item.not_applicable ? [[NOT_APPLICABLE, say("no_answer_applies")]] : [])];
  const given = before ? (before.answers[item.id] ?? NOT_APPLICABLE) : undefined;
  const radio = ([value, title], at) => {
    const key = value === NOT_APPLICABLE ? "0" : String(at + 1);
    return h("label", {}, h("input", { type: "radio", name: item.id, value, required: true, checked: given === value, "data-key": key }), " ", title, " ", h("kbd", { "aria-hidden": "true" }, key));
  };
  const written = before?.notes[item.id] ?? "";
  const note = h("input", { className: "note-of", "aria-label": say("note_of", { item: item.ask }), placeholder: say("note"), maxLength: 2000, value: written, hidden: !written, "data-note": item.id });
  const write = button(say("note"), () => writeNote(note), { className: "to-note", "aria-label": say("note_of", { item: item.ask }), hidden: Boolean(written) });
  return h(
    "fieldset",
    { id, className: "item", "data-item": item.id },
    h("legend", {}, item.ask, item.fails ? [" ", h("span", { className: "chip weight-block" }, say(`fails_${item.fails}`))] : null),
    item.help ? h("p", { className: "hint" }, item.help) : null,
    h("div", { className: "options" }, options.map(radio), write),
    h("div", { className: "found" }),
    note,
  );
}

// A note's field is there once somebody writes one: most items have none.
function writeNote(note) {
  note.hidden = false;
  find(".to-note", note.closest(".item")).hidden = true;
  note.focus();
}

// What the program finds in the agent's words is chosen already where nobody has answered yet.
async function propose(task) {
  const here = opened;
  const measured = await get(`/reviews/tasks/${task}/measured`).catch(() => null);
  if (!measured || opened !== here || !here) return;
  for (const [item, answer] of Object.entries(measured.answers)) {
    const place = find(`[data-item="${CSS.escape(item)}"]`, here.form);
    if (!place) continue;
    const value = answer ?? NOT_APPLICABLE;
    if (!here.touched.has(item)) for (const radio of place.querySelectorAll("input[type=radio]")) radio.checked = radio.value === value;
    fill(find(".found", place), evidenceOf(measured.evidence[item]));
  }
}

function evidenceOf(some) {
  const place = (one) => (one.turn ? h("a", { href: `#turn-${one.turn}`, onclick: (event) => (event.preventDefault(), find(`#turn-${one.turn}`)?.scrollIntoView({ block: "center" })) }, say("turn_number", { number: number(one.turn) })) : null);
  const line = (one) => h("li", {}, place(one), one.text ? ` «${one.text}» ` : " ", one.reason, one.source ? h("span", { className: "name" }, `${one.source} · ${say("version_short", { number: one.version })}: ${one.quote}`) : null);
  if (!some) return h("p", { className: "hint" }, h("span", { className: "chip" }, say("by_program")));
  return [h("p", { className: "hint" }, h("span", { className: "chip" }, say("by_program")), " ", say(some.length ? "program_found" : "program_found_nothing")), some.length ? h("ul", { className: "answers" }, some.map(line)) : null];
}

async function send(event, side, found, form, before) {
  event.preventDefault();
  const go = find("button[type=submit]", form);
  go.disabled = true;
  const answers = {};
  for (const radio of form.querySelectorAll("input[type=radio]:checked")) answers[radio.name] = radio.value === NOT_APPLICABLE ? null : radio.value;
  const notes = { "": form.whole.value };
  for (const note of form.querySelectorAll("[data-note]")) if (note.value.trim()) notes[note.dataset.note] = note.value;
  try {
    const { task } = found;
    const told = await post(`/reviews/tasks/${task.number}`, { answers, notes, reason: form.reason?.value ?? "" });
    const mine = told.reviews.filter((one) => one.task === task.number);
    tell(say("given", { total: percent(mine.at(-1).score.total) }));
    if (before) return taskAgain(task);
    const { tasks } = await get("/reviews/tasks");
    const next = tasks.find((one) => one.state === "open");
    location.hash = next ? `#/reviews/task/${next.number}` : "#/reviews";
  } catch (error) {
    fill(find(".problem-place", form), problemLine(error));
    go.disabled = false;
  }
}

const taskAgain = (task) => taskView(find("#view"), task.number);

function given(side, found, mine, others) {
  const { task, card } = found;
  const newest = mine.at(-1);
  const shown = (one) => h("div", { className: "reviewed" }, h("h3", {}, scoreChip(one), " ", say("review_by", { name: one.by, when: momentText(one.at) })), reviewBody(one, card));
  const waiting = task.double && !task.settled ? h("p", { className: "hint" }, say("other_awaited")) : null;
  const latest = [...new Map(others.map((one) => [one.task, one])).values()];
  fill(side, h("h2", {}, card.title), shown(newest), waiting, latest.map(shown), h("div", { className: "buttons" }, button(say("correct"), () => ask(side, found, newest))));
}

// ---- keys ----

export function reviewKey(event) {
  if (event.key === "Escape") {
    location.hash = "#/reviews";
    return true;
  }
  if (!opened) return false;
  const items = [...opened.form.querySelectorAll(".item")];
  const at = items.findIndex((one) => one.contains(document.activeElement));
  const to = (place) => {
    const radio = find("input[type=radio]:checked", items[place]) || find("input[type=radio]", items[place]);
    radio.focus();
    items[place].scrollIntoView({ block: "nearest" });
  };
  const step = { j: 1, k: -1 }[event.key];
  if (step) {
    to(Math.min(items.length - 1, Math.max(0, at < 0 ? 0 : at + step)));
    return true;
  }
  if (event.key === "n" && at >= 0) {
    writeNote(find(".note-of", items[at]));
    return true;
  }
  const radio = /^\d$/.test(event.key) && find(`input[data-key="${event.key}"]`, items[Math.max(0, at)]);
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  radio.focus();
  if (at + 1 < items.length) to(Math.max(0, at) + 1);
  return true;
}

// From a note back to its item; Enter alone does not send a review that somebody is still writing.
document.addEventListener("keydown", (event) => {
  if (!opened?.form.isConnected) return;
  if (event.key === "Enter" && event.ctrlKey) opened.form.requestSubmit();
  else if (!event.target.matches(".note-of") || !["Enter", "Escape"].includes(event.key)) return;
  else find("input:checked, input[type=radio]", event.target.closest(".item")).focus();
  event.preventDefault();
});
