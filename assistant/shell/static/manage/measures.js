// The measures that count, in their order, each with what it is counted over and how.
import { h } from "../shared/dom.js";
import { audienceTitle } from "./state.js";
import { language, listed, number, say } from "../shared/words.js";

const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });

export function measuresPanel({ whole, by_audience: groups, left_out: left }) {
  const rows = Object.entries(whole.measures).map(([name, value]) =>
    h(
      "li",
      { className: name === "handle_time" ? "last" : "" },
      h("span", { className: "measure" }, say(`measure_${name}`)),
      h("span", { className: value.of ? "value" : "value muted" }, shown(value)),
      h("span", { className: "hint" }, over(value)),
      h("details", {}, h("summary", {}, say("measure_how")), h("p", {}, say(`meant_${name}`))),
    ),
  );
  return h("section", { className: "card measures" }, h("h3", {}, say("measures_title")), h("p", { className: "hint" }, say("measures_contacts", { count: number(whole.contacts) })), h("ul", {}, rows), byAudience(groups, left));
}

function shown(value) {
  if (value.share !== undefined) return value.share === null ? say("measure_unknown") : percent.format(value.share);
  if (value.seconds === null) return say("measure_unknown");
  const whole = Math.round(value.seconds);
  return `${number(Math.floor(whole / 60))} min ${whole % 60} s`;
}

function over(value) {
  const counted = value.share === undefined ? say("measure_over", { of: number(value.of) }) : say("measure_n", { count: number(value.count), of: number(value.of) });
  const facts = [value.of ? counted : "", value.unknown ? say("measure_missing", { count: number(value.unknown) }) : ""];
  return facts.filter(Boolean).join("; ") || say("measure_nothing");
}

// Nobody stands alone: audiences with few agents have no row.
function byAudience(groups, left) {
  const note = left.length ? h("p", { className: "hint" }, say("measures_left_out", { audiences: listed(left.map(audienceTitle)) })) : null;
  if (!groups.length) return note;
  const names = Object.keys(groups[0].measures);
  const heads = [say("themes_audience"), say("measures_head"), ...names.map((name) => say(`measure_${name}`))].map((text) => h("th", { scope: "col" }, text));
  const cell = (value) => h("td", {}, shown(value), h("span", { className: "name" }, over(value)));
  const row = (group) => h("tr", {}, h("th", { scope: "row" }, audienceTitle(group.audience)), h("td", {}, number(group.contacts)), names.map((name) => cell(group.measures[name])));
  const table = h("table", { className: "plain" }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, groups.map(row)));
  return h("details", {}, h("summary", {}, say("measures_by_audience")), h("div", { className: "scrolled", tabIndex: 0, role: "region", "aria-label": say("measures_by_audience") }, table), note);
}
