// What the page knows: who looks at it, all sources, all audiences. Loaded anew after a change.
import { get } from "../shared/api.js";
import { say, titleOfAudience } from "../shared/words.js";

export const state = { me: null, sources: [], audiences: [], work: { keepers: [] }, loadedAt: 0 };

export const may = (action) => (state.me.may[action] || []).length > 0;
export const managesSources = () => may("see_drafts");

export async function loadMe() {
  state.me = await get("/me");
}

export async function loadAudiences() {
  takeAudiences(await get("/audiences"));
}

export function takeAudiences({ audiences }) {
  state.audiences = audiences.map((one) => ({ ...one, title: titleOfAudience(one.title) }));
}

export async function loadSources() {
  state.sources = managesSources() ? (await get("/sources?limit=20000")).sources : [];
  state.loadedAt = Date.now();
}

// A source that was changed takes its place in the list without loading all.
export function keep(source) {
  const { history, headings, review_days, reviewed_on, ...listed } = source;
  const at = state.sources.findIndex((one) => one.id === source.id);
  if (at >= 0) state.sources[at] = listed;
  else state.sources.push(listed);
}

export const audienceTitle = (label) => state.audiences.find((one) => one.label === label)?.title || label;

export function audienceText(labels) {
  return labels.length ? labels.map(audienceTitle).join(", ") : say("managers_only");
}

function depthOf(label) {
  const parent = state.audiences.find((one) => one.label === label)?.parent;
  return parent ? 1 + depthOf(parent) : 0;
}

// Audiences as a tree, those alone over which an action is allowed.
export function audienceOptions(action) {
  const reached = new Set(action ? state.me.may[action] : state.audiences.map((one) => one.label));
  return state.audiences
    .filter((one) => reached.has(one.label))
    .map((one) => [one.label, one.title, depthOf(one.label)]);
}

export const waitingForReview = () => state.sources.filter((one) => one.waiting_state === "in_review");
