// Reviews of one's own work; and, for whoever sees an audience's conversations, theirs and what
// they come to.
import { get, problemLine } from "../shared/api.js";
import { fill, find, h } from "../shared/dom.js";
import { resultsOf, reviewedCard } from "../shared/reviews.js";
import { number, say, titleOfAudience } from "../shared/words.js";

const view = find("#view");
const { own, others } = view.dataset;
const titles = new Map();
const titled = (label) => titles.get(label) || label;
const learn = ({ audiences }) => Object.entries(audiences).forEach(([label, title]) => titles.set(label, titleOfAudience(title)));

async function open() {
  fill(view, h("p", { className: "loading" }, say("loading")));
  try {
    const parts = [];
    if (own) parts.push(list(say("own_reviews"), say("own_none"), await get("/reviews/own")));
    if (others) parts.push(...(await ofAudience()));
    fill(view, parts);
  } catch (error) {
    fill(view, h("h2", {}, say("failed_load")), problemLine(error, open));
  }
}

function list(title, none, there) {
  const { reviewed, cards } = there;
  learn(there);
  const rows = reviewed.map((one) => reviewedCard(one, cards[`${one.scorecard} ${one.version}`], titled));
  return h("section", { className: "part" }, h("h2", {}, title), rows.length ? h("ol", {}, rows) : h("p", { className: "muted" }, none));
}

async function ofAudience() {
  const there = await get("/reviews");
  learn(there);
  if (!there.reviewed.length) return [h("section", { className: "part" }, h("h2", {}, say("results")), h("p", { className: "muted" }, say("others_none")))];
  const found = await get("/reviews/results");
  return [
    h("section", { className: "part" }, h("h2", {}, say("results")), h("p", { className: "muted" }, `${found.scorecard} v${found.version} · ${say("sample_reviewed", { count: number(found.whole.contacts) })}`), resultsOf(found, titled)),
    list(say("reviewed"), say("others_none"), there),
  ];
}

find("#sign-out").addEventListener("click", async () => {
  await fetch("/logout", { method: "POST" });
  location.assign("/login");
});
open();
