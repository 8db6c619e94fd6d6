// All sources in one table. Filtering and sorting happen here, in milliseconds for thousands; only
// as many rows as anybody reads are drawn.
import { button, choice, field, fill, h } from "../shared/dom.js";
import { audienceOptions, audienceText, audienceTitle, may, state } from "./state.js";
import { addButtons } from "./uploads.js";
import { dayAt, dayText, fold, number, say, shiftDay } from "../shared/words.js";

const PAGE = 100;
const filters = { q: "", state: "", audience: "", kind: "", language: "" };
const order = { by: "title", descending: false };
let drawn = PAGE;

const COLUMNS = [
  ["title", "source_title"],
  ["state", "state"],
  ["current", "in_force"],
  ["next_change", "next_change"],
  ["audience", "audience"],
  ["owner", "owner"],
  ["review_due", "review_due"],
  ["changed_at", "changed"],
];

export const stateChip = (name) => h("span", { className: `chip ${name}` }, say(`state_${name}`));

export function tableView(view) {
  const body = h("tbody");
  const status = h("p", { role: "status", className: "count" });
  const more = h("div", { className: "more" });
  const heads = h("tr");
  const draw = () => drawRows(body, status, more, draw, heads);
  const table = h(
    "table",
    { className: "sources" },
    h("caption", { className: "off" }, say("tab_sources")),
    h("thead", {}, heads),
    body,
  );
  const tools = may("edit_source") ? addButtons() : null;
  fill(view, h("div", { className: "bar" }, toolbar(draw), tools), status, table, more);
  draw();
}

function toolbar(draw) {
  const search = h("input", { type: "search", value: filters.q, id: "search", placeholder: say("search"), "aria-label": say("search") });
  search.addEventListener("input", () => change("q", search.value));
  const select = (key, label, options) => {
    const input = choice([["", say("any")], ...options], filters[key]);
    input.addEventListener("change", () => change(key, input.value));
    return field(label, input);
  };
  function change(key, value) {
    filters[key] = value;
    drawn = PAGE;
    draw();
  }
  const kinds = [...new Set(state.sources.map((one) => one.kind))].sort();
  const states = ["draft", "in_review", "published", "retired"];
  return h(
    "div",
    { className: "filters", role: "search" },
    search,
    select("state", say("state"), states.map((name) => [name, say(`state_${name}`)])),
    select("audience", say("audience"), audienceOptions().map(([label, title]) => [label, title])),
    select("kind", say("kind"), kinds.map((name) => [name, say(`kind_${name}`)])),
    select("language", say("language"), [["es", say("language_es")], ["en", say("language_en")]]),
  );
}

function chosen() {
  const wanted = fold(filters.q).split(/\s+/).filter(Boolean);
  return state.sources.filter(
    (one) =>
      (!filters.state || one.state === filters.state || one.waiting_state === filters.state) &&
      (!filters.audience || one.audience.includes(filters.audience)) &&
      (!filters.kind || one.kind === filters.kind) &&
      (!filters.language || one.language === filters.language) &&
      wanted.every((word) => searched(one).includes(word)),
  );
}

function searched(one) {
  one.folded ??= fold(`${one.title} ${one.name} ${one.owner || ""}`);
  return one.folded;
}

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

function sorted(rows) {
  const value = (one) => {
    if (order.by === "audience") return one.audience.map(audienceTitle).join(", ") || null;
    if (order.by === "state") return say(`state_${one.state}`);
    return one[order.by];
  };
  const keyed = rows.map((one) => [value(one), one]);
  keyed.sort(([a, first], [b, second]) => {
    if (a === null || b === null) return (a === null) - (b === null);
    const compared = typeof a === "number" ? a - b : collator.compare(a, b);
    return (order.descending ? -compared : compared) || first.id - second.id;
  });
  return keyed.map(([, one]) => one);
}

function drawRows(body, status, more, draw, heads) {
  const rows = sorted(chosen());
  fill(heads, COLUMNS.map(([key, label]) => header(key, say(label), draw)));
  fill(body, rows.slice(0, drawn).map(row));
  const all = state.sources.length;
  const values = { shown: number(rows.length), total: number(all) };
  status.textContent = all ? say(rows.length === all ? "count_all" : "count", values) : "";
  const rest = Math.min(PAGE, rows.length - drawn);
  fill(more, rest > 0 ? button(say("show_more", { count: rest }), () => ((drawn += PAGE), draw())) : null);
  if (!all) fill(more, nothing());
  else if (!rows.length) fill(more, noMatch());
  body.parentElement.hidden = !rows.length;
}

function header(key, label, draw) {
  const now = order.by === key;
  const sort = () => {
    order.descending = now && !order.descending;
    order.by = key;
    draw();
    document.querySelector(`th[data-key="${key}"] button`).focus();
  };
  const sign = now ? (order.descending ? "↓" : "↑") : "";
  const arrow = h("span", { "aria-hidden": "true" }, sign);
  const pressed = button([label, arrow], sort, { title: say("sort_by", { name: label }) });
  return h("th", { scope: "col", "data-key": key, "aria-sort": now ? (order.descending ? "descending" : "ascending") : undefined }, pressed);
}

function row(one) {
  const cell = (label, ...content) => h("td", { "data-label": label }, content);
  const day = (label, ...content) => h("td", { "data-label": label, className: "day-cell" }, content);
  const overdue = one.review_due && one.review_due < state.me.today;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, h("a", { href: `#/source/${one.id}` }, one.title), h("span", { className: "name" }, one.name)),
    cell(say("state"), stateChip(one.state), waiting(one)),
    cell(say("in_force"), one.current ? say("version_short", { number: one.current }) : h("span", { className: "muted" }, say("nothing_in_force"))),
    day(say("next_change"), dayText(one.next_change)),
    cell(say("audience"), audienceText(one.audience)),
    cell(say("owner"), one.owner || ""),
    day(say("review_due"), one.review_due ? h("span", { className: overdue ? "overdue" : "" }, dayText(one.review_due)) : null),
    day(say("changed"), dayText(dayAt(one.changed_at))),
  );
}

function waiting(one) {
  if (!one.waiting || (one.state === one.waiting_state && !one.current)) return null;
  const text = say("waiting_version", { number: one.waiting, state: say(`state_${one.waiting_state}`) });
  return h("span", { className: `chip ${one.waiting_state}` }, text);
}

const nothing = () => h("div", { className: "empty" }, h("h2", {}, say("no_sources")), h("p", {}, say("no_sources_hint")));

function noMatch() {
  const clear = () => {
    Object.keys(filters).forEach((key) => (filters[key] = ""));
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  };
  return h("div", { className: "empty" }, h("h2", {}, say("no_match")), button(say("clear_filters"), clear));
}

// For the calendar and the queue.
export const daysFrom = (count) => shiftDay(state.me.today, count);
