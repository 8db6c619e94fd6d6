// Questions, coverage and what is left to do, day by day; over a long time week by week.
import { get } from "../shared/api.js";
import { chart } from "./chart.js";
import { choice, field, fill, h } from "../shared/dom.js";
import { dayText, language, number, say } from "../shared/words.js";

const SPANS = ["30", "90", "365"];
const WEEKS_FROM = 120;
let days = "90";

const short = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" });
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
const share = (value) => (value === null ? "–" : percent.format(value));
const count = (value) => (value === null ? "–" : number(value));

export async function seriesView(content, again) {
  const rows = (await get(`/series?days=${days}`)).days;
  const steps = rows.length > WEEKS_FROM ? weeks(rows) : rows.map((row) => step([row]));
  const select = choice(SPANS.map((name) => [name, say("last_days", { count: name })]), days);
  select.addEventListener("change", () => ((days = select.value), again()));
  const filters = h("div", { className: "filters" }, field(say("series_span"), select));
  const quiet = rows.every((row) => !row.asked && !row.gaps_open && !row.feedback_open && !row.receipts_outstanding);
  if (quiet) return fill(content, filters, h("div", { className: "empty" }, h("h3", {}, say("series_none")), h("p", {}, say("series_none_hint"))));
  return fill(content, filters, h("p", { className: "hint" }, say("series_keys")), h("div", { className: "charts" }, charts(steps)));
}

function weeks(rows) {
  const found = [];
  for (let end = rows.length; end > 0; end -= 7) found.unshift(step(rows.slice(Math.max(0, end - 7), end)));
  return found;
}

function step(rows) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const [first, last] = [rows[0], rows.at(-1)];
  const asked = sum("asked");
  const label = first === last ? dayText(first.day) : `${short.format(new Date(first.day))} – ${dayText(last.day)}`;
  const answered = sum("answered");
  const [partly, missed] = [sum("partly"), sum("not_found")];
  return {
    label,
    short: short.format(new Date(last.day)),
    verdicts: [answered, partly, missed, asked - answered - partly - missed],
    coverage: asked ? answered / asked : null,
    open: [last.gaps_open, last.feedback_open, last.receipts_outstanding],
  };
}

function charts(steps) {
  const bars = ["answered", "partly", "not_found", "other"].map((key) => ({ key, name: say(`series_${key}`) }));
  const lines = ["gaps", "feedback", "receipts"].map((key) => ({ key, name: say(`work_${key}`), line: true }));
  const of = (values) => steps.map((one) => ({ ...one, values: values(one) }));
  const plots = [
    { title: say("series_questions"), hint: say("series_questions_hint"), kind: "bars", series: bars, steps: of((one) => one.verdicts), show: count },
    { title: say("series_coverage"), hint: say("series_coverage_hint"), kind: "lines", series: [{ key: "coverage", name: say("series_covered"), line: true }], steps: of((one) => [one.coverage]), top: 1, show: share },
    { title: say("series_open"), hint: say("series_open_hint"), kind: "lines", series: lines, steps: of((one) => one.open), show: count },
  ];
  return plots.map(chart);
}
