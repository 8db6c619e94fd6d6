// The managers' page: which section is open, kept in the address, so that going back works.
import { problemLine } from "../shared/api.js";
import { askFirst } from "../shared/dialog.js";
import { fill, find, h, showCurrent } from "../shared/dom.js";
import { accountsView, audiencesView } from "./people.js";
import { calendarView, reviewView } from "./review.js";
import { sourceView } from "./source.js";
import { loadAudiences, loadMe, loadSources, managesSources, may, state, waitingForReview } from "./state.js";
import { tableView } from "./table.js";
import { acceptDrops, busy, jobsView } from "./uploads.js";
import { seesThemes, themesView } from "./themes.js";
import { voiceView } from "./voice.js";
import { isWork, loadWork, seesWork, workCount, workView } from "./work.js";
import { number, say } from "../shared/words.js";

const TABS = [
  ["#/", "tab_sources", managesSources, tableView],
  ["#/review", "tab_review", managesSources, reviewView],
  ["#/calendar", "tab_calendar", managesSources, calendarView],
  ["#/work", "tab_work", seesWork, workView],
  ["#/themes", "tab_themes", seesThemes, themesView],
  ["#/voice", "tab_voice", managesSources, voiceView],
  ["#/jobs", "tab_jobs", () => may("edit_source") || may("publish"), jobsView],
  ["#/audiences", "tab_audiences", () => true, audiencesView],
  ["#/accounts", "tab_accounts", () => may("manage_accounts"), accountsView],
];

const STALE_MS = 60000;
const view = find("#view");
const dirty = () => Boolean(find("form[data-dirty]"));
let here = "";

const allowed = () => TABS.filter(([, , shown]) => shown());
const sectionOf = (hash) => (hash.startsWith("#/source/") ? "#/" : isWork(hash) ? "#/work" : hash);
const tabOf = (hash) => allowed().find(([at]) => at === sectionOf(hash)) || allowed()[0];

function drawTabs() {
  const current = tabOf(location.hash || "#/");
  const tabs = allowed().map(([hash, label]) => {
    const open = current[0] === hash;
    const count = { "#/review": waitingForReview().length, "#/work": workCount() }[hash];
    const badge = count ? h("span", { className: "badge" }, number(count)) : null;
    return h("a", { href: hash, "aria-current": open ? "page" : undefined }, say(label), badge ? " " : null, badge);
  });
  fill(find("#tabs"), tabs);
  showCurrent(find("#tabs"));
}

function open() {
  const hash = location.hash || "#/";
  const source = /^#\/source\/(\d+)$/.exec(hash);
  drawTabs();
  return source ? sourceView(view, Number(source[1])) : tabOf(hash)[3](view);
}

function moved() {
  if (location.hash === here) return open();
  if (!dirty()) {
    here = location.hash;
    window.scrollTo(0, 0);
    open();
    return view.focus({ preventScroll: true });
  }
  const wanted = location.hash;
  history.replaceState(null, "", here || "#/");
  return askFirst({
    title: say("unsaved_leave"),
    body: [h("p", {}, say("unsaved"))],
    confirm: say("leave"),
    danger: true,
    act: async () => {
      find("form[data-dirty]").removeAttribute("data-dirty");
      location.hash = wanted;
    },
  });
}

async function start() {
  try {
    await loadMe();
    loadWork();
    await Promise.all([loadAudiences(), loadSources()]);
  } catch (error) {
    return fill(view, h("h2", {}, say("failed_load")), problemLine(error, start));
  }
  here = location.hash;
  return open();
}

window.addEventListener("hashchange", moved);
window.addEventListener("work-counted", () => state.me && drawTabs());
window.addEventListener("sources-changed", ({ detail }) => {
  drawTabs();
  const hash = location.hash || "#/";
  const shown = hash === `#/source/${detail}` && !dirty() && !find("dialog[open]");
  const typing = document.activeElement?.matches("#search");
  const listsGuides = hash === "#/voice" && !find(".voice form") && !find(".voice-try textarea")?.value;
  if (shown || listsGuides || (detail && (hash === "#/" || hash === "#/review") && !typing)) open();
});
// What others did meanwhile shows when one comes back to this tab.
document.addEventListener("visibilitychange", async () => {
  if (document.hidden || !state.me || Date.now() - state.loadedAt < STALE_MS) return;
  await Promise.all([loadSources(), loadWork()]).catch(() => null);
  if (!dirty() && !find("dialog[open]") && !location.hash.startsWith("#/source/") && !isWork(location.hash)) open();
});
window.addEventListener("beforeunload", (event) => {
  if (dirty() || busy()) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches("input, textarea, select") || !find("#search")) return;
  event.preventDefault();
  find("#search").focus();
});
find("#tongue").addEventListener("click", (event) => (event.currentTarget.hash = location.hash));
find("#sign-out").addEventListener("click", async () => {
  await fetch("/logout", { method: "POST" });
  location.assign("/login");
});
acceptDrops();
start();
