// The page of evaluations: which part is open, kept in the address, so that going back works.
import { show } from "../shared/dialog.js";
import { fill, find, h, showCurrent } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { caseView, leaveCase, moveFromCase } from "./case.js";
import { draftsView } from "./drafts.js";
import { reviewsKey, reviewsView } from "./reviews.js";
import { moveInList, runView } from "./run.js";
import { runsView } from "./runs.js";
import { setsView } from "./sets.js";
import { loadSets, place } from "./state.js";
import { toldView } from "./told.js";

const TABS = [
  ["#/sets", "tab_sets"],
  ["#/runs", "tab_runs"],
  ["#/told", "tab_told"],
  ["#/reviews", "tab_reviews"],
];
const KEYS = [
  ["j / k", "key_move"],
  ["Enter", "key_open"],
  ["Esc", "key_back"],
  ["1 … 9 / 0", "key_answer"],
  ["n", "key_note"],
  ["Ctrl+Enter", "key_give"],
  ["?", "key_keys"],
];
const view = find("#view");

function drawTabs(kind) {
  const current = { run: "runs", drafts: "sets" }[kind] || kind;
  fill(find("#tabs"), TABS.map(([hash, label]) => h("a", { href: hash, "aria-current": hash === `#/${current}` ? "page" : undefined }, say(label))));
  showCurrent(find("#tabs"));
}

function open() {
  const { kind, run, id, base } = place(location.hash || "#/sets");
  drawTabs(kind || "sets");
  if (kind === "run" && id) return caseView(view, run, id, base);
  if (kind === "run") return runView(view, run, base);
  if (kind === "runs") return runsView(view);
  if (kind === "drafts") return draftsView(view);
  if (kind === "told") return toldView(view);
  if (kind === "reviews") return reviewsView(view, location.hash);
  return setsView(view);
}

const keysDialog = () => show(say("keys"), h("dl", { className: "key-list" }, KEYS.map(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, say(what))])));

window.addEventListener("hashchange", () => {
  const { kind, id } = place(location.hash);
  if (kind !== "run" || id) window.scrollTo(0, 0);
  view.focus({ preventScroll: true });
  open();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=radio]), textarea, select");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || find("dialog[open]")) return;
  const { kind, id } = place(location.hash);
  const step = { j: 1, k: -1 }[event.key];
  if (event.key === "?") keysDialog();
  else if (kind === "reviews" && reviewsKey(event, location.hash)) event.preventDefault();
  else if (kind !== "run") return;
  else if (step && id) moveFromCase(step);
  else if (step) moveInList(step);
  else if (event.key === "Escape" && id) leaveCase();
  else return;
  event.preventDefault();
});
find("#keys").addEventListener("click", keysDialog);
find("#tongue").addEventListener("click", (event) => (event.currentTarget.hash = location.hash));
find("#sign-out").addEventListener("click", async () => {
  await fetch("/logout", { method: "POST" });
  location.assign("/login");
});
// A part that needs the sets says itself what went wrong; the others show labels as they are.
loadSets().catch(() => null).then(open);
