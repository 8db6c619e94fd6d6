// What agents ask the company and waits for an answer of whoever looks: oldest first, as it changes.
import { get, post, Problem, problemLine } from "../shared/api.js";
import { askFirst, show, tell } from "../shared/dialog.js";
import { button, choice, field, fill, find, h } from "../shared/dom.js";
import { dayAt, say, today } from "../shared/words.js";
import { follow } from "./follow.js";
import { makeItem } from "./item.js";
import { showTopics } from "./topics.js";

const KEYS = [
  ["j / k", "key_move"],
  ["t", "key_take"],
  ["Enter", "key_answer"],
  ["Ctrl+Enter", "key_send"],
  ["p", "key_pass"],
  ["?", "key_keys"],
];
const title = document.title;
const items = new Map();
let first = true;

function draw(waiting) {
  const keys = new Set(waiting.map((one) => one.key));
  for (const [key, item] of items) {
    if (keys.has(key)) continue;
    item.element.remove();
    items.delete(key);
  }
  const list = find("#list");
  waiting.forEach((one, at) => {
    let item = items.get(one.key);
    if (item) item.update(one);
    else {
      item = makeItem(one, { act, pass });
      items.set(one.key, item);
      if (!first) announce(say("news", { question: one.question ?? "" }));
    }
    // Moved only when it must: what is typed in keeps its focus
    if (list.children[at] !== item.element) list.insertBefore(item.element, list.children[at] || null);
  });
  first = false;
  document.title = waiting.length ? say("waiting_count", { count: waiting.length, title }) : title;
  find("#empty").hidden = waiting.length > 0;
  noteSeen();
}

// What was sent to whoever looks counts as seen once it is on a page that is looked at.
function noteSeen() {
  if (document.hidden) return;
  for (const item of items.values()) {
    const { key, mine } = item.now();
    if (!mine || item.seen) continue;
    item.seen = true;
    post(`/escalations/${key}/seen`).catch(() => (item.seen = false));
  }
}

async function act(path, body, done) {
  fill(find("#trouble"));
  try {
    await post(`/escalations/${path}`, body);
    if (done) tell(done);
    return true;
  } catch (error) {
    fill(find("#trouble"), problemLine(error));
    return false;
  }
}

async function pass({ key, audience }) {
  let people;
  try {
    people = (await get(`/escalations/people?audience=${encodeURIComponent(audience)}`)).people;
  } catch (error) {
    fill(find("#trouble"), problemLine(error));
    return;
  }
  const who = choice([["", say("pass_next")], ...people.map((one) => [one.account, one.name || one.account])]);
  askFirst({
    title: say("pass_title"),
    body: [field(say("pass_who"), who)],
    confirm: say("pass"),
    act: () => post(`/escalations/${key}/pass`, { to: who.value || null }),
  });
}

async function drawDuty() {
  let duty;
  try {
    duty = await get("/escalations/duty");
  } catch (error) {
    return fill(find("#duty"), problemLine(error, drawDuty));
  }
  const toggle = async () => {
    try {
      await post("/escalations/duty", { on: !duty.on });
    } catch (error) {
      fill(find("#trouble"), problemLine(error));
    }
    drawDuty();
  };
  const line = !duty.topics.length
    ? say("duty_none")
    : duty.now.length
      ? say("duty_now", { topics: duty.now.join(", ") })
      : say("duty_not_now");
  return fill(
    find("#duty"),
    h("span", { className: duty.on ? "on" : "is-off" }, say(duty.on ? "on_duty" : "off_duty")),
    h("span", { className: "muted" }, line),
    button(say(duty.on ? "go_off" : "go_on"), toggle, { id: "switch" }),
  );
}

async function drawAnswered() {
  let given;
  try {
    given = (await get("/escalations?state=answered&limit=100")).escalations;
  } catch {
    return; // the queue says what is wrong
  }
  const mine = given.filter((one) => one.answered_by_me && one.answer && dayAt(one.answer.at) === today());
  const rows = mine.map((one) =>
    h(
      "li",
      {},
      h("span", { className: "text" }, one.question ?? say("gone"), h("span", { className: "name" }, one.answer.text)),
      one.card ? h("span", { className: "muted" }, say("has_card")) : button(say("make_card"), () => makeCard(one.key)),
    ),
  );
  find("#answered")?.remove();
  if (rows.length) find("#view").append(h("section", { id: "answered" }, h("h2", {}, say("answered")), h("ul", {}, rows)));
}

async function makeCard(key) {
  if (await act(`${key}/card`, {}, say("card_made"))) drawAnswered();
}

function announce(line) {
  find("#news").textContent = line;
}

function showKeys() {
  const rows = KEYS.map(([key, told]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, say(told))]);
  show(say("keys"), h("dl", { className: "key-list" }, rows));
}

const shown = () => [...find("#list").children];

function move(by) {
  const all = shown();
  const at = all.findIndex((one) => one.contains(document.activeElement));
  all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.metaKey || event.isComposing || find("dialog[open]")) return;
  const here = shown().find((one) => one.contains(document.activeElement));
  const item = here && items.get(here.dataset.key);
  if (event.target.matches("textarea")) {
    if (event.key === "Enter" && event.ctrlKey) item?.send();
    else if (event.key === "Escape") here?.focus();
    else return;
    return event.preventDefault();
  }
  if (event.ctrlKey || event.target.matches("input, select, button, a") && event.key === "Enter") return;
  const does = {
    j: () => move(1),
    k: () => move(-1),
    t: () => item?.take(),
    p: () => item && pass(item.now()),
    Enter: () => item?.write(),
    "?": showKeys,
  }[event.key];
  if (!does) return;
  event.preventDefault();
  does();
});

function connection(state) {
  find("#connection").dataset.state = state;
  find("#connection").textContent = say(`connection_${state}`);
}

fill(find("#empty"), h("div", { className: "empty" }, h("h2", {}, say("empty")), h("p", {}, say("empty_hint"))));
find("#keys").addEventListener("click", showKeys);
find("#topics")?.addEventListener("click", () => showTopics(drawDuty));
find("#sign-out").addEventListener("click", async () => {
  await fetch("/logout", { method: "POST" });
  location.assign("/login?next=/queue");
});
document.addEventListener("visibilitychange", noteSeen);
window.addEventListener("answered", drawAnswered);
setInterval(() => items.forEach((item) => item.tick()), 1000);
drawDuty();
drawAnswered();
follow({ draw, connection, failed: (error) => error instanceof Problem && fill(find("#trouble"), problemLine(error)) });
