// What waits for somebody, and what starts and ends in the next 90 days.
import { button, fill, h } from "../shared/dom.js";
import { managesSources, state, waitingForReview } from "./state.js";
import { daysFrom } from "./table.js";
import { dayText, say } from "../shared/words.js";

const DAYS = 90;
const PAGE = 100;

export function reviewView(view) {
  if (!managesSources()) return fill(view, h("p", { className: "empty" }, say("nothing_for_you")));
  const drafts = state.sources.filter((one) => one.waiting_state === "draft");
  const overdue = state.sources.filter((one) => one.review_due && one.review_due < state.me.today);
  overdue.sort((a, b) => a.review_due.localeCompare(b.review_due));
  return fill(
    view,
    queue(say("review_title"), waitingForReview(), since, say("review_none")),
    queue(say("review_drafts"), drafts, since),
    queue(say("review_overdue"), overdue, (one) => say("overdue_since", { day: dayText(one.review_due) })),
  );
}

function queue(title, sources, about, none = "", count = PAGE) {
  if (!sources.length && !none) return null;
  const rows = sources.slice(0, count).map((one) =>
    h(
      "li",
      {},
      h("a", { href: `#/source/${one.id}` }, one.title),
      h("span", { className: "name" }, one.name),
      h("span", { className: "muted" }, about(one)),
    ),
  );
  const list = rows.length ? h("ul", { className: "queue" }, rows) : h("p", { className: "empty" }, none);
  const rest = Math.min(PAGE, sources.length - count);
  const more = rest > 0 ? button(say("show_more", { count: rest }), () => section.replaceWith(queue(title, sources, about, none, count + PAGE))) : null;
  const section = h("section", { className: "card" }, h("h2", {}, title), list, more);
  return section;
}

function since(one) {
  const days = Math.floor((Date.now() - new Date(one.changed_at)) / 86400000);
  const when = days > 0 ? say("review_since", { days }) : say("review_today");
  return `${say("version", { number: one.waiting })} · ${say("by", { name: one.author })} · ${when}`;
}

export function calendarView(view) {
  if (!managesSources()) return fill(view, h("p", { className: "empty" }, say("nothing_for_you")));
  const last = daysFrom(DAYS);
  const events = state.sources.flatMap(eventsOf).filter(({ day }) => day >= state.me.today && day <= last);
  events.sort((a, b) => a.day.localeCompare(b.day) || a.source.title.localeCompare(b.source.title));
  const byDay = Map.groupBy ? Map.groupBy(events, (one) => one.day) : grouped(events);
  const days = [...byDay].map(([day, those]) => h("section", { className: "card day" }, h("h3", {}, dayText(day)), list(those)));
  return fill(view, h("h2", {}, say("calendar_title")), days.length ? days : h("p", { className: "empty" }, say("calendar_none")));
}

function eventsOf(source) {
  const changes = source.changes.map(({ day, version }) => ({
    day,
    source,
    kind: version ? "starts" : "ends",
    text: version ? say("calendar_starts", { number: version }) : say("calendar_ends"),
  }));
  const due = { day: source.review_due, source, kind: "review", text: say("calendar_review") };
  return source.review_due ? [...changes, due] : changes;
}

function grouped(events) {
  const found = new Map();
  events.forEach((one) => found.set(one.day, [...(found.get(one.day) || []), one]));
  return found;
}

const list = (events) =>
  h(
    "ul",
    { className: "queue" },
    events.map(({ source, kind, text }) =>
      h("li", { className: kind }, h("a", { href: `#/source/${source.id}` }, source.title), h("span", { className: "muted" }, text)),
    ),
  );
