// A statement with what it rests on: for suggestions and for answers alike.
import { askFirst, tell } from "../shared/dialog.js";
import { button, h } from "../shared/dom.js";
import { dayText, language, number, say, shiftDay } from "../shared/words.js";
import { openPassage } from "./passage.js";
import { saidIn, told } from "./voice.js";

// Title, place and version, on a button that opens the passage.
export function sourceButton(citation, onopened) {
  return h(
    "button",
    { type: "button", className: "source", onclick: () => { onopened?.(); openPassage(citation); } },
    h("b", {}, citation.title),
    [placeOf(citation), versionOf(citation)].filter(Boolean).map((part) => ` · ${part}`),
    citation.language === language ? null : h("span", { className: "tongue" }, ` ${citation.language.toUpperCase()}`),
  );
}

function placeOf({ page, row, heading }) {
  const where = page ? say("page", { number: page }) : row ? say("row", { number: row }) : "";
  return [where, heading.split(" > ").at(-1)].filter(Boolean).join(", ");
}

export function versionOf({ version, valid_from, valid_to }) {
  const days = [
    valid_from ? say("from_day", { day: dayText(valid_from) }) : "",
    valid_to ? say("until_day", { day: dayText(shiftDay(valid_to, -1)) }) : "",
  ];
  return [say("version_short", { number: version }), ...days].filter(Boolean).join(", ");
}

export function flags(statement) {
  return [
    statement.approved ? h("span", { className: "chip approved" }, say("approved")) : null,
    statement.internal ? h("span", { className: "chip internal" }, say("internal")) : null,
  ];
}

// The words, in the company's voice where there are any, with the source's own below; where they
// stand in a longer passage, all of it a click away.
export function wording(statement, voiced) {
  const said = saidIn(statement);
  const words = told(statement, voiced);
  const tongue = statement.citations[0]?.language || language;
  const more = statement.text === said ? null : h("details", {}, h("summary", {}, say("whole_text")), h("p", { lang: tongue }, statement.text));
  const own = words === said ? null : h("q", { className: "under", lang: tongue }, said);
  return [h("p", { className: "said", lang: tongue }, words), own, more];
}

// What the rules mean for the customer: those of the words that are said first, others a click away.
export function factLines(facts, statement) {
  const known = facts.filter((fact) => fact.event || fact.status !== "question");
  const own = known.filter((fact) => isSaid(fact.rule, statement));
  const others = known.filter((fact) => !own.includes(fact));
  return [
    factList(own),
    others.length ? h("details", {}, h("summary", {}, say("other_deadlines", { count: number(others.length) })), factList(others)) : null,
  ];
}

// Whether a rule stands in the words to say, not elsewhere in their passage.
function isSaid({ document: name, version, start, end }, statement) {
  const said = saidIn(statement);
  return statement.citations.some((citation) => {
    if (citation.document !== name || citation.version !== version) return false;
    const at = citation.quote.indexOf(said);
    if (at < 0) return true;
    return start < citation.start + at + said.length && end > citation.start + at;
  });
}

// Each with the rule and the date as evidence.
function factList(facts) {
  if (!facts.length) return null;
  return h(
    "ul",
    { className: "facts" },
    facts.map((fact) =>
      h(
        "li",
        { className: fact.status },
        h("p", {}, fact.text),
        fact.ask.map((line) => h("p", { className: "ask" }, line)),
        h(
          "details",
          {},
          h("summary", {}, say("why")),
          h("p", {}, h("q", {}, fact.rule.quote)),
          fact.event_date ? h("p", { className: "muted" }, say("counted_from", { day: dayText(fact.event_date.slice(0, 10)) })) : null,
          fact.holidays.length ? h("p", { className: "muted" }, say("holidays", { days: fact.holidays.join(", ") })) : null,
        ),
      ),
    ),
  );
}

// Puts words on the clipboard; those that are not for customers only once that is seen.
export function copy(text, { internal = false, done = () => undefined } = {}) {
  const put = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      byHand(text); // pages without TLS, and frames that may not, have no clipboard
    }
    done();
    tell(say("copied"));
  };
  if (!internal) return put();
  return askFirst({
    title: say("internal"),
    body: [h("p", {}, say("internal_copy"))],
    confirm: say("copy_anyway"),
    danger: true,
    act: put,
  });
}

function byHand(text) {
  const box = h("textarea", { value: text, className: "off" });
  const before = document.activeElement;
  (document.querySelector("dialog[open]") || document.body).append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
  before?.focus();
}

export const smallButton = (label, onclick, props = {}) => button(label, onclick, { ...props, className: `small ${props.className || ""}`.trim() });
