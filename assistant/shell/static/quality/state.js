// What the page knows: which run is open, against which, and what of its cases is shown.
import { get } from "../shared/api.js";
import { titleOfAudience } from "../shared/words.js";

const titles = new Map();

// Golden sets; with them come the audiences that one evaluates for.
export const loadSets = async () => learnTitles(await get("/evaluations/sets"));

export function learnTitles(found) {
  found.audiences.forEach(({ label, title }) => titles.set(label, titleOfAudience(title)));
  return found;
}

export const audienceTitle = (label) => titles.get(label) || label;
export const audienceOptions = ({ audiences }) => audiences.map(({ label }) => [label, audienceTitle(label)]);

export const runPath = (run) => `/evaluations/runs/${encodeURIComponent(run)}`;
export const casePath = (id) => id.split("/").map(encodeURIComponent).join("/");
export const against = (base) => (base ? `?against=${encodeURIComponent(base)}` : "");

// Where in the page: #/run/ID, #/run/ID/case/CASE, both with ?against=ID.
export const runHash = (run, base) => `#/run/${encodeURIComponent(run)}${against(base)}`;
export const caseHash = (run, id, base) => `#/run/${encodeURIComponent(run)}/case/${encodeURIComponent(id)}${against(base)}`;

export function place(hash) {
  const [path, query = ""] = hash.split("?");
  const [, kind = "", run = "", , id = ""] = path.split("/").map(decodeURIComponent);
  return { kind, run, id, base: new URLSearchParams(query).get("against") };
}

const opened = { key: null, run: null, filters: {}, at: null };

// A run as it was loaded last; another one is loaded anew, with nothing filtered.
export async function openRun(run, base) {
  const key = `${run} ${base || ""}`;
  if (opened.key !== key) {
    const found = await get(`${runPath(run)}${against(base)}`);
    const own = opened.run?.run === run ? opened.filters : {};
    Object.assign(opened, { key, run: found, filters: own, at: null });
  }
  return opened;
}

export const forget = () => Object.assign(opened, { key: null, run: null });

const SHOWS = {
  failing: (one) => one.failing.length > 0,
  broken: (one) => one.flip === "broken",
  mended: (one) => one.flip === "mended",
  changed: (one) => one.changed,
};
export const FILTERS = ["language", "topic", "audience", "contractor", "answerability"];

export function shownCases({ run, filters }) {
  const show = SHOWS[filters.show] || (() => true);
  return run.cases.filter((one) => show(one) && FILTERS.every((name) => !filters[name] || one[name] === filters[name]));
}
