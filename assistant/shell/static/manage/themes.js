// What customers say: themes ranked, what is rising, the measures that count, and what is behind.
import { get, problemLine } from "../shared/api.js";
import { chart, svg } from "./chart.js";
import { show } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { measuresPanel } from "./measures.js";
import { audienceTitle, may, state } from "./state.js";
import { dayText, language, momentText, number, say, today } from "../shared/words.js";
import { workList } from "./worklist.js";

const SPANS = ["28", "90", "365"];
const MONTHS_BACK = 12;
const SHOWN_FIRST = 8;
const chosen = { days: "28", audience: "", source: "", product: "", complained: "" };
const short = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" });
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
const monthName = new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" });

export const seesThemes = () => may("see_contacts");

let turn = 0;

export async function themesView(view) {
  const content = h("div", { className: "work themes" }, h("p", { className: "loading" }, say("loading")));
  fill(view, h("h2", { className: "off" }, say("tab_themes")), content);
  const again = async () => {
    const mine = ++turn;
    try {
      const { days } = chosen;
      const [found, groups, measured] = await Promise.all([get(`/themes?${query(days)}`), get(`/themes/groups?${period(days)}`), get(`/measures?${period(days)}`)]);
      if (mine === turn) draw(content, { days, found, groups, measured }, again);
    } catch (error) {
      if (mine === turn) fill(content, problemLine(error, forget(again)));
    }
  };
  await again();
}

// A filter that is no longer there must not keep the list from being shown.
const forget = (again) => () => {
  Object.assign(chosen, { audience: "", source: "", product: "", complained: "" });
  return again();
};

function period(days) {
  return new URLSearchParams({ days, language }).toString();
}

function query(days) {
  const wanted = { days, language, audience: chosen.audience, source: chosen.source, product: chosen.product, complained: chosen.complained };
  return new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
}

function draw(content, { days, found, groups, measured }, again) {
  const head = h("div", { className: "bar" }, filters(groups, again), may("export") ? exports(days) : null);
  if (!found.total && !measured.whole.contacts) {
    const quiet = chosen.audience || chosen.source || chosen.product || chosen.complained ? "themes_none_here" : "themes_none";
    return fill(content, head, h("div", { className: "empty" }, h("h3", {}, say(quiet)), h("p", {}, say("themes_none_hint"))));
  }
  const rows = workList(found.themes, (theme, row) => describe(theme, row, found, days), "themes");
  return fill(
    content,
    head,
    h("p", { className: "hint" }, say("themes_hint")),
    h("div", { className: "listening" }, h("section", { "aria-label": say("themes_most") }, h("h3", {}, say("themes_most")), counted(found), rows), h("div", { className: "panels" }, measuresPanel(measured), weekly(found))),
  );
}

function filters(groups, again) {
  const select = (key, label, options) => {
    const element = choice(options, chosen[key]);
    element.addEventListener("change", () => ((chosen[key] = element.value), again()));
    return field(label, element);
  };
  const titled = (some) => some.map((one) => [one.key, `${audienceTitle(one.key) === one.key ? one.title : audienceTitle(one.key)} (${number(one.total)})`]);
  const kept = (some, key) => (chosen[key] && !some.some((one) => one.key === chosen[key]) ? [...some, { key: chosen[key], title: chosen[key], total: 0 }] : some);
  const every = [["", say("themes_all")]];
  return h(
    "div",
    { className: "filters" },
    select("days", say("series_span"), SPANS.map((count) => [count, say("last_days", { count })])),
    select("audience", say("themes_audience"), [...every, ...titled(kept(groups.audience, "audience"))]),
    select("source", say("themes_source"), [...every, ...titled(kept(groups.source, "source"))]),
    groups.product.length ? select("product", say("themes_product"), [...every, ...titled(kept(groups.product, "product"))]) : null,
    select("complained", say("themes_contacts"), [...every, ["true", say("themes_complained_only")]]),
  );
}

function exports(days) {
  const known = months();
  const month = choice(known, known[0][0]);
  const report = h("a", { className: "button", download: "" }, say("themes_report"));
  const point = () => (report.href = `/v1/reports/${month.value}?language=${language}`);
  month.addEventListener("change", point);
  point();
  return h(
    "div",
    { className: "filters" },
    field(say("themes_month"), month),
    report,
    h("a", { className: "button", download: "", href: `/v1/themes/export?${query(days)}` }, "CSV"),
    h("a", { className: "button", download: "themes.json", href: `/v1/themes?${query(days)}&limit=500` }, "JSON"),
  );
}

// The month before this one first: it is over.
function months() {
  const [year, month] = today().split("-").map(Number);
  return Array.from({ length: MONTHS_BACK }, (_, back) => new Date(Date.UTC(year, month - 1 - back, 1)))
    .map((first) => [first.toISOString().slice(0, 7), monthName.format(first)])
    .sort((one, other) => Number(one[0] === nowMonth()) - Number(other[0] === nowMonth()));
}

const nowMonth = () => today().slice(0, 7);

function counted(found) {
  const facts = [say("themes_counted", { total: number(found.total), first: dayText(found.first), last: dayText(found.last) })];
  if (found.left_out) facts.push(say("themes_left_out", { count: number(found.left_out) }));
  if (found.without) facts.push(say("themes_without", { count: number(found.without) }));
  return h("p", { className: "count" }, facts.join(" "));
}

function weekly(found) {
  const steps = found.weeks.map((monday, at) => step(monday, [found.by_week[at]]));
  return chart({ title: say("themes_weekly"), hint: say("themes_weekly_hint"), steps, series: [{ key: "answered", name: say("themes_cases") }], kind: "bars", show: count });
}

const count = (value) => (value === null ? "–" : number(value));
const step = (monday, values) => ({ label: say("themes_week_of", { day: dayText(monday) }), short: short.format(new Date(monday)), values });

const nameOf = (theme) => theme.name || (theme.sources.length ? say("themes_no_name", { title: theme.sources[0].title }) : say("themes_no_name_at_all"));

function describe(theme, row, found, days) {
  return {
    title: nameOf(theme),
    lang: theme.language || undefined,
    chips: theme.rising ? [h("span", { className: "chip rising", title: whyRising(theme.rising) }, `▲ ${say("themes_rising")}`)] : [],
    facts: [
      h("b", {}, say("themes_times", { count: number(theme.total), share: percent.format(theme.share) })),
      sparkline(theme.weeks, Boolean(theme.rising)),
      say("themes_before", { count: number(theme.before) }),
      theme.missed ? say("themes_missed", { count: number(theme.missed) }) : "",
      theme.complained ? say("themes_complained", { count: number(theme.complained) }) : "",
      theme.sources.length && theme.name ? theme.sources[0].title : "",
    ],
    body: () => behind(theme, found, days),
  };
}

function whyRising(rise) {
  const weekly = number(Math.round(rise.before * 10) / 10);
  const grown = rise.ratio === null ? say("themes_new") : say("themes_ratio", { ratio: number(Math.round(rise.ratio * 10) / 10) });
  return `${say("themes_why", { recent: number(rise.recent), before: weekly })} ${grown}`;
}

const SPARK = { width: 96, height: 20 };

function sparkline(values, rising) {
  const most = Math.max(1, ...values);
  const place = (value, at) => [3 + ((SPARK.width - 6) * at) / Math.max(1, values.length - 1), SPARK.height - 3 - ((SPARK.height - 6) * value) / most];
  const points = values.map(place);
  const [x, y] = points.at(-1);
  const line = svg("polyline", { points: points.map((point) => point.map((n) => n.toFixed(1)).join(",")).join(" ") });
  return svg("svg", { ...SPARK, class: rising ? "spark up" : "spark", role: "img", "aria-label": say("themes_spark", { values: values.map(number).join(", ") }) }, line, svg("circle", { cx: x, cy: y, r: 2.5 }));
}

function behind(theme, found, days) {
  const place = h("div", {}, h("p", { className: "loading" }, say("loading")));
  const load = async () => {
    try {
      const more = await get(`/themes/${theme.number}?${query(days)}`);
      fill(place, sources(theme), conversations(more.conversations), words(more));
    } catch (error) {
      fill(place, problemLine(error, load));
    }
  };
  load();
  const steps = found.weeks.map((monday, at) => step(monday, [theme.weeks[at]]));
  const plot = chart({ title: say("themes_by_week"), hint: say("themes_by_week_hint"), steps, series: [{ key: "gaps", name: say("themes_cases"), line: true }], kind: "lines", show: count });
  return [theme.rising ? h("p", { className: "rose" }, whyRising(theme.rising)) : null, h("p", {}, say("themes_split", { contacts: number(theme.contacts), questions: number(theme.questions) })), place, plot];
}

function sources(theme) {
  if (!theme.sources.length) return h("div", {}, h("h4", {}, say("themes_sources")), h("p", { className: "hint" }, say("themes_no_sources")));
  const own = (one) => state.sources.some((source) => source.id === one.source);
  const row = (one) => h("li", {}, own(one) ? h("a", { href: `#/source/${one.source}` }, one.title) : one.title, h("span", { className: "muted" }, say("themes_cited", { count: number(one.count) })));
  return h("div", {}, h("h4", {}, say("themes_sources")), h("ul", { className: "queue" }, theme.sources.map(row)));
}

function conversations(some) {
  if (!some.length) return null;
  const row = (one) => {
    const facts = `${say(`channel_${one.channel}`)} · ${audienceTitle(one.audience)}`;
    const open = one.erased ? h("span", { className: "muted" }, say("themes_erased")) : button(say("themes_open"), () => openContact(one));
    return h("li", {}, momentText(one.at), h("span", { className: "muted" }, facts), open);
  };
  return h("div", {}, h("h4", {}, say("themes_conversations")), unfolding(some, row));
}

// A few, and the rest when asked for.
function unfolding(some, row) {
  const list = h("ul", { className: "queue" }, some.slice(0, SHOWN_FIRST).map(row));
  const rest = some.slice(SHOWN_FIRST);
  if (!rest.length) return list;
  const more = button(say("show_more", { count: rest.length }), () => {
    const added = rest.map(row);
    list.append(...added);
    more.remove();
    added[0].tabIndex = -1;
    added[0].focus();
  });
  return [list, more];
}

// What was put the same way several times is one line, with how often.
function distinct(some) {
  const found = new Map();
  for (const one of some) {
    const key = one.text.toLowerCase();
    if (found.has(key)) found.get(key).times += 1;
    else found.set(key, { ...one, times: 1 });
  }
  return [...found.values()];
}

function words({ said, asked }) {
  const row = (one) => h("li", {}, h("q", { lang: one.language }, one.text), h("span", { className: "muted" }, one.times > 1 ? `${number(one.times)} × · ` : "", momentText(one.at)));
  const list = (title, some) => (some.length ? [h("h4", {}, say(title)), unfolding(distinct(some), row)] : null);
  return h("div", {}, list("themes_said", said), list("themes_asked", asked));
}

async function openContact(one) {
  const place = h("div", { className: "preview" }, h("p", { className: "loading" }, say("loading")));
  show(say("themes_contact", { when: momentText(one.at) }), h("p", { className: "hint" }, say("themes_contact_hint")), place);
  try {
    const { turns } = await get(`/contacts/${one.key}`);
    const row = (turn) => h("p", { className: `turn ${turn.speaker}` }, h("b", {}, say(`speaker_${turn.speaker}`)), " ", turn.text ?? say("themes_erased"));
    fill(place, turns.map(row));
  } catch (error) {
    fill(place, problemLine(error));
  }
}
