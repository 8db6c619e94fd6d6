// One run, alone or against another: verdict, measures, plots, and its cases, failing ones first.
import { get, post, problemLine } from "../shared/api.js";
import { tell } from "../shared/dialog.js";
import { button, choice, fill, find, h } from "../shared/dom.js";
import { criticalChip, findings, flipChip, sentence } from "../shared/gate.js";
import { dayAt, dayText, language, number, say } from "../shared/words.js";
import { fragment } from "./fragment.js";
import { against, audienceTitle, caseHash, FILTERS, forget, openRun, runHash, runPath, shownCases } from "./state.js";

const shares = new Intl.NumberFormat(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const signed = new Intl.NumberFormat(language, { minimumFractionDigits: 3, maximumFractionDigits: 3, signDisplay: "always" });
const PAGE = 100;

export async function runView(view, run, base) {
  fill(view, back(), h("p", { className: "loading" }, say("loading")));
  let opened;
  try {
    opened = await openRun(run, base);
  } catch (error) {
    forget();
    return fill(view, back(), problemLine(error, () => runView(view, run, base)));
  }
  return draw(view, opened, base);
}

const back = () => h("p", { className: "back" }, h("a", { href: "#/runs" }, `← ${say("tab_runs")}`));

function draw(view, opened, base) {
  const { run } = opened;
  const list = h("section", { className: "card cases-of" });
  fill(
    view,
    back(),
    head(run, base),
    run.decision ? decision(run, base) : null,
    measures(say("measures"), run.measures, run, true),
    plots(run, base),
    list,
    measures(say("whole"), run.whole, run, false),
  );
  cases(list, opened, base);
  const at = opened.at;
  if (at) find(`[data-case="${CSS.escape(at)}"]`, list)?.focus();
}

function head(run, base) {
  const { golden, register, code } = run.manifest;
  const failing = run.cases.filter((one) => one.failing.length).length;
  const facts = [
    say("asked_about", { day: dayText(run.asked_on) }),
    say("documents", { count: number(register.documents) }),
    say("failing_of", { count: number(failing), total: number(run.cases.length) }),
    code?.version ? say("program", { version: code.version }) : "",
    run.began_by,
  ];
  const report = `/v1${runPath(run.run)}/report${against(base)}${base ? "&" : "?"}language=${language}`;
  return h(
    "div",
    { className: "head" },
    h("h2", { id: "run-title" }, base ? say("compared", { golden: golden.name, run: run.run, base }) : `${golden.name} · ${run.run}`),
    h("p", { className: "muted" }, facts.filter(Boolean).join(" · ")),
    h("div", { className: "bar" }, comparer(run, base), h("a", { className: "as-button", href: report, download: `${run.run}.html` }, say("report"))),
  );
}

// Against which run: those of the same set that are done, the newest first.
function comparer(run, base) {
  const place = h("div", { className: "filters" });
  const load = async () => {
    try {
      const { runs } = await get("/evaluations/runs");
      const others = runs.filter((one) => one.state === "done" && one.run !== run.run && one.golden === run.golden);
      const options = others.map((one) => [one.run, `${one.run} · ${dayText(dayAt(one.began_at))}`]);
      if (!options.length) return fill(place, h("p", { className: "hint" }, say("compare_none")));
      const pick = choice([["", say("alone")], ...options], base || "", { id: "against" });
      pick.addEventListener("change", () => (location.hash = runHash(run.run, pick.value)));
      return fill(place, h("label", { htmlFor: "against" }, say("compare_with")), pick);
    } catch (error) {
      return fill(place, problemLine(error, load));
    }
  };
  load();
  return place;
}

function decision(run, base) {
  const known = new Set(run.cases.map((one) => one.case));
  const link = (id) => (known.has(id) ? h("a", { href: caseHash(run.run, id, base) }, id) : id);
  const { verdict, sentence: line, findings: found } = run.decision;
  const keep = async (event) => {
    event.target.disabled = true;
    try {
      await post(`${runPath(run.run)}/decision`, { against: base });
      tell(say("decision_kept"));
    } catch (error) {
      event.target.disabled = false;
      event.target.parentElement.after(problemLine(error));
    }
  };
  const weights = found.filter((one) => one.weight !== "ok").length;
  return h(
    "section",
    { className: `verdict gate ${verdict}`, "aria-label": say("decision") },
    h("h3", {}, say("decision")),
    sentence(verdict, line),
    findings(found, link, weights > 0),
    h("div", { className: "buttons" }, button(say("decision_keep"), keep)),
  );
}

// ---- measures ----

const value = (one, name = "mean") => (one[name] === null || one[name] === undefined ? "–" : one.unit === "ms" ? `${number(Math.round(one[name]))} ms` : shares.format(one[name]));
const between = (low, high, format) => (low === null || low === undefined ? "–" : `${format(low)} – ${format(high)}`);

function measures(title, all, run, tested) {
  const compares = Boolean(run.against);
  const heads = ["measure", ...(compares ? ["before"] : []), "mean", "interval", "count", ...(compares && tested ? ["change", "change_interval", "p_value", "seen_from"] : [])];
  const row = (one) => {
    const ends = between(one.low, one.high, (end) => (one.unit === "ms" ? number(Math.round(end)) : shares.format(end)));
    const reasons = Object.entries(one.not_applicable).map(([why, count]) => `${why}: ${number(count)}`);
    const name = h("th", { scope: "row", className: one.gated ? "gated" : "" }, one.title, { high: "", low: " ↓", zero: " → 0" }[one.best], reasons.length ? h("span", { className: "hint" }, say("not_applicable", { reasons: reasons.join("; ") })) : null);
    const change = compares && tested ? [cell(difference(one), direction(one)), cell(between(one.difference_low, one.difference_high, signed.format)), cell(one.p_worse === null || one.p_worse === undefined ? "–" : shares.format(one.p_worse)), cell(one.detectable === null || one.detectable === undefined ? "–" : shares.format(one.detectable))] : [];
    return h("tr", {}, name, compares ? cell(value(one, "before")) : null, cell(value(one), below(one) ? "bad" : ""), cell(ends), cell(number(one.n)), change);
  };
  const table = (rows) => h("table", {}, h("thead", {}, h("tr", {}, heads.map((key) => h("th", { scope: "col" }, say(key))))), h("tbody", {}, rows.map(row)));
  const gated = all.filter((one) => one.gated);
  const rest = all.filter((one) => !one.gated);
  const first = gated.length ? [h("p", { className: "hint" }, say("gated_hint")), scrolled(table(gated), title)] : [scrolled(table(rest), title)];
  const more = gated.length && rest.length ? h("details", {}, h("summary", {}, say("measures_more", { count: number(rest.length) })), scrolled(table(rest), say("measures_more", { count: number(rest.length) }))) : null;
  return h("section", { className: "card measures" }, h("h3", {}, title), first, more);
}

const scrolled = (content, label) => h("div", { className: "scrolled", tabIndex: 0, role: "group", "aria-label": label }, content);
const cell = (text, className = "") => h("td", { className }, text);
const difference = (one) => (one.difference === null || one.difference === undefined ? "–" : signed.format(one.difference));
const direction = (one) => (one.difference_high < 0 ? "bad" : one.difference_low > 0 ? "good" : "");
const below = (one) => one.floor !== null && one.mean !== null && (one.best === "high" ? one.mean < one.floor : one.mean > one.floor);

// Drawn when they are looked at: they are the largest part of a report.
function plots(run, base) {
  const place = h("div");
  const details = h("details", { className: "card plots-of" }, h("summary", {}, say("plots")), place);
  details.addEventListener("toggle", () => {
    if (!details.open || place.childElementCount) return;
    fragment(place, `${runPath(run.run)}/plots${against(base)}${base ? "&" : "?"}language=${language}`);
  });
  return details;
}

// ---- cases ----

function cases(section, opened, base) {
  const { run, filters } = opened;
  const list = h("ol", { className: "case-list" });
  const count = h("p", { className: "count", role: "status" });
  const more = h("div", { className: "buttons" });
  const shows = [["", say("show_all")], ["failing", say("show_failing")], ...(run.against ? ["broken", "mended", "changed"].map((key) => [key, say(`show_${key}`)]) : [])];
  const pick = (name, options) => {
    const select = choice(options, filters[name] || "", { id: `filter-${name}` });
    select.addEventListener("change", () => {
      filters[name] = select.value;
      drawList(PAGE);
    });
    return h("div", { className: "field" }, h("label", { htmlFor: select.id }, say(`filter_${name}`)), select);
  };
  const drawList = (shown) => {
    const found = shownCases(opened);
    count.textContent = say("cases_shown", { count: number(found.length), total: number(run.cases.length) });
    fill(list, found.slice(0, shown).map((one) => caseRow(one, run, base)));
    const rest = Math.min(PAGE, found.length - shown);
    fill(more, rest > 0 ? button(say("show_more", { count: number(rest) }), () => drawList(shown + PAGE)) : null);
  };
  const values = (name) => [...new Set(run.cases.map((one) => one[name]).filter(Boolean))].sort();
  const selects = FILTERS.filter((name) => values(name).length > 1).map((name) => pick(name, [["", say("any")], ...values(name).map((one) => [one, valueText(name, one)])]));
  fill(section, h("h3", {}, say("cases_title")), h("div", { className: "filters" }, pick("show", shows), selects), count, list, more);
  const known = opened.at ? shownCases(opened).findIndex((one) => one.case === opened.at) : -1;
  drawList(Math.max(PAGE, Math.ceil((known + 1) / PAGE) * PAGE));
}

const valueText = (name, one) => (name === "language" ? say(`in_${one}`) : name === "answerability" ? say(`answerability_${one}`) : name === "audience" ? audienceTitle(one) : one);

function caseRow(one, run, base) {
  const facts = [one.case, one.topic, audienceTitle(one.audience), one.contractor, say(`answerability_${one.answerability}`), one.turns > 1 ? say("turns", { count: number(one.turns) }) : ""];
  const state = one.failing.length ? h("span", { className: "failing" }, one.failing.join(", ")) : h("span", { className: "passes" }, say("passes"));
  return h(
    "li",
    {},
    h(
      "a",
      { href: caseHash(run.run, one.case, base), "data-case": one.case, className: one.failing.length ? "fails" : "" },
      h("span", { className: "question", lang: one.language }, one.question),
      h("span", { className: "marks" }, one.critical ? criticalChip() : null, one.flip ? flipChip(one.flip) : null, state, one.changed && !one.flip ? h("span", { className: "muted" }, say("show_changed")) : null),
      h("span", { className: "name" }, facts.filter(Boolean).join(" · ")),
    ),
  );
}

// j and k go through the cases; Enter opens the one that has the focus, as on any link.
export function moveInList(step) {
  const links = [...document.querySelectorAll(".case-list a")];
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  const to = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
  links[to].focus();
  links[to].scrollIntoView({ block: "nearest" });
}
