// What agents of an audience were told on a day: the question, asked of the register as it was then.
import { post, problemLine } from "../shared/api.js";
import { choice, field, fill, find, h } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { audienceOptions, loadSets } from "./state.js";

export async function toldView(view) {
  fill(view, h("p", { className: "loading" }, say("loading")));
  let found;
  try {
    found = await loadSets();
  } catch (error) {
    return fill(view, problemLine(error, () => toldView(view)));
  }
  const question = h("textarea", { rows: 2, maxLength: 4000, required: true });
  const at = h("input", { type: "datetime-local", required: true });
  const audience = choice(audienceOptions(found), found.audiences[0]?.label);
  const go = h("button", { type: "submit", className: "primary" }, say("told_ask"));
  const answer = h("section", { "aria-live": "polite" });
  const submit = async (event) => {
    event.preventDefault();
    go.disabled = true;
    fill(answer, h("p", { className: "loading" }, say("loading")));
    try {
      fill(answer, told(await post("/evaluations/told", { question: question.value, at: at.value, audience: audience.value })));
    } catch (error) {
      fill(answer, problemLine(error));
    } finally {
      go.disabled = false;
    }
  };
  const form = h("form", { className: "card", onsubmit: submit }, h("p", { className: "hint" }, say("told_hint")), field(say("told_question"), question), h("div", { className: "pair" }, field(say("told_at"), at), field(say("told_as"), audience)), h("div", { className: "buttons" }, go));
  fill(view, h("h2", {}, say("tab_told")), form, answer);
  return find("textarea", view).focus();
}

function told(answer) {
  if (!answer.statements.length) return h("div", { className: "card" }, h("p", {}, h("strong", {}, say("told_nothing"))));
  const statement = (one) => h("li", {}, h("p", { lang: answer.language }, one.text), one.citations.map(citation));
  return h("div", { className: "card" }, h("ol", { className: "plain" }, answer.statements.map(statement)));
}

const citation = (one) => h("p", { className: "name" }, [one.title, say("version_short", { number: one.version }), one.document].filter(Boolean).join(" · "));
