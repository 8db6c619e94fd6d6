// What comes back from agents and becomes work: lists, each with how much there is to do.
import { get, problemLine } from "../shared/api.js";
import { fill, find, h } from "../shared/dom.js";
import { commitmentsView } from "./commitments.js";
import { contradictionsView, duplicatesView } from "./findings.js";
import { gapsView } from "./gaps.js";
import { feedbackView } from "./feedback.js";
import { receiptsView } from "./receipts.js";
import { seriesView } from "./series.js";
import { staleView } from "./stale.js";
import { may, managesSources, state } from "./state.js";
import { momentText, number, say, shortMoment } from "../shared/words.js";

const sees = () => may("see_feedback");
const mends = () => may("edit_source") || may("publish");
const LISTS = [
  ["gaps", sees, gapsView],
  ["feedback", sees, feedbackView],
  ["stale", managesSources, staleView],
  ["contradictions", mends, contradictionsView],
  ["duplicates", mends, duplicatesView],
  ["receipts", sees, receiptsView],
  ["commitments", () => may("see_contacts"), commitmentsView],
  ["series", sees, seriesView],
];

export const seesWork = () => LISTS.some(([, shown]) => shown());
export const workCount = () => ["gaps", "feedback", "stale"].reduce((sum, name) => sum + (state.work[name] || 0), 0);
export const isWork = (hash) => hash === "#/work" || hash.startsWith("#/work/");

let asked = 0;

// How much there is takes a moment with thousands of sources: nothing waits for it, and without it
// the lists are there as well.
export async function loadWork() {
  const turn = ++asked;
  const work = seesWork() && (await get("/work").catch(() => null));
  if (!work || turn !== asked) return;
  state.work = work;
  window.dispatchEvent(new CustomEvent("work-counted"));
}

export async function workView(view) {
  const lists = LISTS.filter(([, shown]) => shown());
  const wanted = location.hash.split("/")[2];
  const [name, , draw] = lists.find(([one]) => one === wanted) || lists[0];
  const content = h("div", { className: "work" }, h("p", { className: "loading" }, say("loading")));
  const nav = h("nav", { id: "work-tabs", "aria-label": say("tab_work") });
  fill(view, h("h2", { className: "off" }, say("tab_work")), nav, content);
  drawNav(name);
  const again = async () => {
    try {
      await draw(content, again);
    } catch (error) {
      fill(content, problemLine(error, again));
    }
  };
  await again();
}

function drawNav(current) {
  const nav = find("#work-tabs");
  if (!nav) return;
  nav.dataset.current = current;
  const links = LISTS.filter(([, shown]) => shown()).map(([name]) => {
    const counted = badgeOf(state.work[name]);
    return h("a", { href: `#/work/${name}`, "aria-current": name === current ? "page" : undefined }, say(`work_${name}`), counted ? [" ", counted] : null);
  });
  fill(nav, links);
}

// A number of things to do; or what a search found, which is as old as the search.
function badgeOf(counted) {
  if (!counted) return null;
  if (typeof counted === "number") return h("span", { className: "badge" }, number(counted));
  const when = say("findings_when", { when: momentText(counted.ended_at) });
  const badge = h("span", { className: counted.count ? "badge" : "badge none" }, number(counted.count));
  return [badge, " ", h("time", { dateTime: counted.ended_at, title: when }, shortMoment(counted.ended_at))];
}

window.addEventListener("work-counted", () => drawNav(find("#work-tabs")?.dataset.current));
window.addEventListener("work-changed", loadWork);
