// One case as the report shows it: question and conversation, what was expected, the answer, its
// evidence and citations, why it fails, what changed. The next and the one before are a key away.
import { problemLine } from "../shared/api.js";
import { fill, h } from "../shared/dom.js";
import { language, number, say } from "../shared/words.js";
import { fragment } from "./fragment.js";
import { against, caseHash, casePath, openRun, runHash, runPath, shownCases } from "./state.js";

let neighbours = {};

export async function caseView(view, run, id, base) {
  neighbours = {};
  fill(view, h("p", { className: "loading" }, say("loading")));
  let opened;
  try {
    opened = await openRun(run, base);
  } catch (error) {
    return fill(view, problemLine(error, () => caseView(view, run, id, base)));
  }
  opened.at = id;
  const shown = shownCases(opened);
  const at = shown.findIndex((one) => one.case === id);
  neighbours = { up: runHash(run, base), before: shown[at - 1] && caseHash(run, shown[at - 1].case, base), after: at >= 0 && shown[at + 1] ? caseHash(run, shown[at + 1].case, base) : null };
  const card = h("div", { className: "case-card" });
  const where = at < 0 ? "" : say("case_at", { at: number(at + 1), total: number(shown.length) });
  fill(
    view,
    h("div", { className: "bar steps" }, h("a", { href: neighbours.up }, `← ${say("back_to_run")}`), h("span", { className: "muted", role: "status" }, where), h("div", { className: "buttons" }, step("previous", "k", neighbours.before), step("next", "j", neighbours.after))),
    card,
  );
  const query = `${against(base)}${base ? "&" : "?"}language=${language}`;
  return fragment(card, `${runPath(run)}/card/${casePath(id)}${query}`);
}

const step = (label, key, to) => (to ? h("a", { className: "as-button", href: to }, say(label), " ", h("kbd", {}, key)) : h("span", { className: "as-button off-now", "aria-hidden": "true" }, say(label)));

export function moveFromCase(step) {
  const to = step > 0 ? neighbours.after : neighbours.before;
  if (to) location.replace(to);
}

export function leaveCase() {
  if (neighbours.up) location.hash = neighbours.up;
}
