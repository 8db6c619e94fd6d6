// Reviews as whoever may read them sees them: what a scorecard comes to, and what was said of a
// contact. The page of quality and that of agents and managers show the same.
import { h } from "./dom.js";
import { language, momentText, number, say } from "./words.js";

const shares = new Intl.NumberFormat(language, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const decimals = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const percent = (value) => (value === null || value === undefined ? say("no_answer_applies") : shares.format(value));
const decimal = (value) => (value === null || value === undefined ? "–" : decimals.format(value));
const meanOf = (mean) => (mean ? shares.format(mean.mean) : say("no_answer_applies"));
const ends = (mean) => (mean && mean.low !== null ? `${shares.format(mean.low)} – ${shares.format(mean.high)}` : "–");

function table(label, heads, rows) {
  const head = h("thead", {}, h("tr", {}, heads.map((key) => h("th", { scope: "col" }, say(key)))));
  const line = ([name, ...cells]) => h("tr", {}, h("th", { scope: "row" }, name), cells.map((cell) => h("td", {}, cell)));
  const scrolled = h("div", { className: "scrolled", tabIndex: 0, role: "group", "aria-label": label }, h("table", {}, head, h("tbody", {}, rows.map(line))));
  return h("section", { className: "card measures" }, h("h3", {}, label), scrolled);
}

const GROUP_HEADS = ["contacts", "agents", "total", "interval_95", "compliance", "auto_fails"];
const groupCells = (one) => [number(one.contacts), number(one.agents), meanOf(one.total), ends(one.total), meanOf(one.compliance), `${number(one.failed)} (${shares.format(one.failed_low)} – ${shares.format(one.failed_high)})`];

// `title` names an audience by its label.
export function resultsOf(found, title) {
  const { whole } = found;
  const section = (one) => [[one.title, one.compliance ? [" ", h("span", { className: "chip" }, say("compliance"))] : null], number(one.weight), meanOf(one.mean), ends(one.mean), one.mean ? number(one.mean.n) : "0"];
  return [
    h("p", { className: "figures" }, figure("total", whole?.total), figure("compliance", whole?.compliance), h("span", {}, h("strong", {}, number(whole?.failed ?? 0)), " ", say("auto_fails"))),
    h("p", { className: "hint" }, say("results_hint")),
    table(say("by_section"), ["section", "weight", "mean", "interval_95", "n"], found.sections.map(section)),
    table(say("by_audience"), ["group", ...GROUP_HEADS], found.audiences.map((one) => [title(one.name), ...groupCells(one)])),
    table(say("by_tenure"), ["tenure", ...GROUP_HEADS], found.tenures.map((one) => [say(`tenure_${one.name}`), ...groupCells(one)])),
    agreementOf(found),
  ];
}

const figure = (key, mean) => h("span", {}, h("strong", {}, meanOf(mean)), " ", say(key), mean && mean.low !== null ? h("span", { className: "muted" }, ` (${ends(mean)})`) : null);

function agreementOf(found) {
  const cells = (one) => {
    const { n, alike, kappa, low, high, ac1, why_none: why } = one.agreement;
    const interval = kappa === null ? say(`why_${why}`) : `${decimal(low)} – ${decimal(high)}`;
    const proposed = one.proposed ? `${number(one.corrected)} / ${number(one.proposed)}` : "–";
    return [meanOf(one.mean), number(one.not_applicable), number(one.failed), proposed, n ? `${number(alike)} / ${number(n)}` : "–", decimal(kappa), interval, decimal(ac1)];
  };
  return h("div", {}, table(say("by_item"), ["item", "mean", "not_applicable_count", "auto_fails", "corrected", "alike", "kappa", "interval_95", "ac1"], found.items.map((one) => [one.ask, ...cells(one)])), h("p", { className: "hint" }, say("agreement_hint", { double: number(found.double) })));
}

// A reviewed contact, its scores in sight and the answers folded.
export function reviewedCard(one, card, title) {
  const facts = [say(`channel_${one.channel}`), one.agent, title(one.audience), momentText(one.ended_at), card.title];
  return h(
    "li",
    { className: "card reviewed", "data-contact": one.contact },
    h("h3", {}, one.reviews.map((review) => [scoreChip(review), " "]), h("span", { className: "muted" }, facts.join(" · "))),
    one.reviews.map((review) => h("details", {}, h("summary", {}, say("review_by", { name: review.by, when: momentText(review.at) })), reviewBody(review, card))),
  );
}

export const scoreChip = (review) => h("span", { className: `chip ${review.score.failed.length ? "weight-block" : ""}` }, percent(review.score.total), review.score.failed.length ? ` · ${say("fails")}` : "");

// The answers of a review by section, with its notes.
export function reviewBody(review, card) {
  const answer = (item) => {
    const given = review.answers[item.id];
    const chosen = item.options.find((option) => option.id === given);
    const proposal = item.id in review.measured && review.measured[item.id] !== given ? h("span", { className: "muted" }, ` (${say("proposed_otherwise")})`) : null;
    const note = review.notes[item.id];
    const failed = review.score.failed.includes(item.id) ? [" ", h("span", { className: "chip weight-block" }, say("fails"))] : null;
    return h("li", {}, h("span", {}, item.ask), " ", h("strong", {}, chosen ? chosen.title : say("no_answer_applies")), failed, proposal, note ? h("p", { className: "note" }, note) : null);
  };
  return [
    review.version > 1 ? h("p", { className: "hint" }, say("corrected_because", { version: number(review.version), reason: review.reason || "–" })) : null,
    review.notes[""] ? h("p", { className: "note" }, review.notes[""]) : null,
    card.sections.map((section) => h("div", {}, h("h4", {}, section.title, " ", h("span", { className: "muted" }, percent(review.score.sections[section.id]))), h("ul", { className: "answers" }, section.items.map(answer)))),
  ];
}
