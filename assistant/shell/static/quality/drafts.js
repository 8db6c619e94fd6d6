// Draft cases: made of what there is, gone through one by one, and the accepted ones put into a set.
import { Problem, post, problemLine } from "../shared/api.js";
import { askFirst, tell } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { number, say } from "../shared/words.js";
import { faultList } from "./faults.js";
import { audienceOptions, audienceTitle, loadSets } from "./state.js";

const ORIGINS = ["saved", "feedback", "escalations", "documents"];
const EXPECTED = ["answerable answer", "partial answer", "partial escalate", "unanswerable abstain", "unanswerable escalate", "underspecified clarify", "out_of_scope abstain", "conversational answer", "conversational abstain"];
// Held until they are put into a set or made anew; nothing of them is stored.
const held = { drafts: [], leftOut: {} };

export function makeDialog(found) {
  const origin = choice(ORIGINS.map((one) => [one, say(`origin_${one}`)]), "saved");
  const since = h("input", { type: "date" });
  const sources = h("textarea", { rows: 3 });
  const set = choice([["", say("drafts_new_set")], ...found.sets.map((one) => [one.name, one.name])]);
  const [day, names] = [field(say("drafts_since"), since, say("drafts_since_hint")), field(say("drafts_sources"), sources, say("drafts_sources_hint"))];
  const suit = () => {
    names.hidden = origin.value !== "documents";
    day.hidden = !names.hidden;
  };
  origin.addEventListener("change", suit);
  suit();
  askFirst({
    title: say("drafts_make_title"),
    body: [h("p", { className: "hint" }, say("drafts_make_hint")), field(say("drafts_of"), origin), day, names, field(say("drafts_for"), set, say("drafts_for_hint"))],
    confirm: say("drafts_make"),
    act: async () => {
      const named = sources.value.split("\n").map((one) => one.trim()).filter(Boolean);
      const made = await post("/evaluations/drafts", { origin: origin.value, since: since.value || null, sources: named, set: set.value || null });
      held.drafts = made.drafts.map((one) => ({ ...one, state: "open" }));
      held.leftOut = made.left_out;
      held.set = set.value;
      location.hash = "#/drafts";
    },
  });
}

export async function draftsView(view) {
  const left = Object.entries(held.leftOut).map(([why, count]) => say(`left_${why}`, { count: number(count) }));
  const list = h("ol", { className: "drafts" });
  const count = h("span", { role: "status" });
  const put = button(say("drafts_put"), () => putDialog(view), { className: "primary" });
  const draw = () => {
    const accepted = held.drafts.filter((one) => one.state === "accepted").length;
    count.textContent = say("drafts_count", { accepted: number(accepted), open: number(held.drafts.filter((one) => one.state === "open").length) });
    put.disabled = !accepted;
  };
  fill(list, held.drafts.map((one) => item(one, draw)));
  draw();
  const nothing = h("div", { className: "empty" }, h("h2", {}, say("drafts_none")), h("p", {}, h("a", { href: "#/sets" }, say("drafts_none_hint"))));
  fill(
    view,
    h("div", { className: "bar" }, h("h2", {}, say("drafts_title")), h("div", { className: "buttons" }, count, put)),
    left.length ? h("p", { className: "muted" }, left.join(" · ")) : null,
    held.drafts.length ? list : nothing,
  );
}

function item(one, changed) {
  const element = h("li", { className: "card", "data-draft": one.case.id });
  const become = (state) => {
    one.state = state;
    draw();
    changed();
    element.querySelector("button").focus();
  };
  const draw = () => {
    element.className = `card draft ${one.state}`;
    if (one.state !== "open") {
      const undo = button(say("drafts_undo"), () => become("open"));
      fill(element, h("div", { className: "bar" }, h("p", {}, h("strong", {}, say(`draft_${one.state}`)), " ", one.case.turns.at(-1).text), undo));
      return;
    }
    fill(element, editor(one, () => become("accepted"), () => become("rejected")));
  };
  draw();
  return element;
}

function editor(one, accept, reject) {
  const kept = one.case;
  const question = h("textarea", { rows: 2, value: kept.turns.at(-1).text });
  const expected = choice([["", say("drafts_undecided")], ...EXPECTED.map((each) => [each, expectation(each)])], one.decided ? `${kept.answerability} ${kept.expected_behaviour}` : "");
  const gold = kept.gold?.[0] || {};
  const [document, quote] = [h("input", { value: gold.document || "" }), h("textarea", { rows: 2, value: gold.quote || "" })];
  const reference = h("textarea", { rows: 2, value: kept.reference_answer || "" });
  const facts = (kept.facts || []).map((fact) => [fact, h("input", { value: fact.aliases.join(" | ") }), h("input", { type: "checkbox", checked: fact.must === true })]);
  const rows = facts.map(([fact, said, must]) => h("div", { className: "fact" }, field(say("drafts_fact"), said, fact.value === undefined ? "" : `${number(fact.value)} ${fact.unit || ""}`), h("label", { className: "tick" }, must, " ", say("drafts_must"))));
  const problem = h("div");
  const take = () => {
    if (!expected.value) return fill(problem, problemLine(new Problem(0, say("drafts_decide"))));
    const [answerability, behaviour] = expected.value.split(" ");
    const others = (kept.gold || []).slice(1);
    const first = document.value.trim() ? [{ ...gold, document: document.value.trim(), quote: quote.value.trim() || null }] : [];
    const said = facts.map(([fact, words, must]) => ({ ...fact, must: must.checked, aliases: words.value.split("|").map((each) => each.trim()).filter(Boolean) }));
    one.case = { ...kept, turns: [...kept.turns.slice(0, -1), { ...kept.turns.at(-1), text: question.value.trim() }], answerability, expected_behaviour: behaviour, gold: [...first, ...others], facts: said.filter((fact) => fact.aliases.length), reference_answer: reference.value.trim() || null };
    one.decided = true;
    return accept();
  };
  const origin = [kept.provenance.source, say(`in_${kept.lang}`), say("for_audience", { audience: audienceTitle(kept.audience || "staff") })];
  return [
    h("p", { className: "muted" }, origin.join(" · ")),
    field(say("drafts_question"), question),
    field(say("drafts_expected"), expected),
    field(say("drafts_document"), document, say("drafts_document_hint")),
    field(say("drafts_quote"), quote),
    rows,
    field(say("drafts_reference"), reference),
    kept.forbidden ? h("p", { className: "muted" }, say("drafts_forbidden", { words: kept.forbidden.map((each) => each.phrase).join(", ") })) : null,
    problem,
    h("div", { className: "buttons" }, button(say("drafts_accept"), take, { className: "primary" }), button(say("drafts_reject"), reject)),
  ];
}

function expectation(pair) {
  const [answerability, behaviour] = pair.split(" ");
  return `${say(`answerability_${answerability}`)}: ${say(`behaviour_${behaviour}`)}`;
}

async function putDialog(view) {
  const found = await loadSets();
  const name = h("input", { required: true, maxLength: 60, pattern: "[a-z0-9]+([.\\-][a-z0-9]+)*", value: held.set || "" });
  const audience = choice(audienceOptions(found), found.audiences[0]?.label);
  const faults = h("div", { className: "faults", role: "alert" });
  askFirst({
    title: say("drafts_put"),
    body: [field(say("set_name"), name, say("drafts_put_hint")), field(say("audience"), audience, say("drafts_audience_hint")), faults],
    confirm: say("drafts_put"),
    act: async () => {
      fill(faults);
      const accepted = held.drafts.filter((one) => one.state === "accepted");
      try {
        const saved = await post(`/evaluations/sets/${encodeURIComponent(name.value.trim())}/cases`, { cases: accepted.map((one) => one.case), audience: audience.value });
        tell(say("imported", { name: saved.name, number: saved.number, cases: number(saved.cases) }));
      } catch (error) {
        if (error.more?.faults) fill(faults, faultList(error.more));
        throw error.more?.faults ? new Problem(0, say("faults", { count: number(error.more.count) })) : error;
      }
      held.drafts = held.drafts.filter((one) => one.state === "open");
      if (held.drafts.length) draftsView(view);
      else location.hash = "#/sets";
    },
  });
}
