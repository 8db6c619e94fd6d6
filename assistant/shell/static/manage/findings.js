// What contradicts or repeats what: looked for in the background at the press of a button, then a
// list to work through, each finding with both its places side by side.
import { get, post, problemLine } from "../shared/api.js";
import { tell } from "../shared/dialog.js";
import { button, fill, find, h } from "../shared/dom.js";
import { state } from "./state.js";
import { language, momentText, number, say } from "../shared/words.js";
import { workList } from "./worklist.js";

const LOOK_MS = 700;
const waits = (job) => job?.state === "queued" || job?.state === "running";

export const contradictionsView = (content) => findingsView(content, "contradictions", contradiction);
export const duplicatesView = (content) => findingsView(content, "duplicates", duplicate);

async function findingsView(content, name, describe) {
  const { job, findings } = await get(`/${name}`);
  const go = button(say("findings_look"), () => follow(post(`/${name}`), true), { className: "primary" });
  const far = h("div", { className: "far" });
  const list = h("div");
  const sources = new Map(state.sources.map((one) => [one.name, one]));
  const draw = (last, found) => {
    go.disabled = waits(last);
    fill(far, waits(last) ? farLine(last, name) : lastLine(last, found.length));
    fill(list, found.length || last?.state === "done" ? workList(found, (one) => describe(one, sources), name) : unsought(last, name));
  };
  // What an earlier search found stays to be worked through meanwhile; a view that is left asks no more.
  const follow = async (begun, pressed = false) => {
    go.disabled = true;
    try {
      let going = await begun;
      while (waits(going)) {
        fill(far, farLine(going, name));
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        if (!go.isConnected) return;
        going = await get(`/jobs/${going.id}`).catch(() => going);
      }
      const now = await get(`/${name}`);
      if (!go.isConnected) return;
      const moves = list.contains(document.activeElement) || (pressed && document.activeElement === document.body);
      draw(now.job, now.findings);
      window.dispatchEvent(new CustomEvent("work-changed"));
      tell(now.job.state === "done" ? say("findings_told", { count: number(now.findings.length) }) : say(`job_${now.job.state}`));
      if (moves) (find(".work-head", list) || go).focus();
    } catch (error) {
      go.disabled = false;
      fill(far, problemLine(error));
    }
  };
  fill(content, h("p", { className: "hint" }, say(`hint_${name}`)), h("div", { className: "look" }, go, far), list);
  draw(job, findings);
  if (waits(job)) follow(job);
}

function farLine(job, name) {
  if (job.state === "queued") return h("p", {}, say("findings_queued"));
  const share = job.total ? job.done / job.total : null;
  const line = share === null ? say("findings_looking") : say("findings_far", { percent: percent(share) });
  return [h("p", {}, line), h("progress", { max: 1, value: share, "aria-label": say(`work_${name}`) })];
}

function lastLine(job, left) {
  if (!job) return null;
  if (job.state !== "done") return problemLine(`${say("findings_failed", { when: momentText(job.ended_at || job.created_at) })} ${job.message || say(`job_${job.state}`)}`);
  const gone = job.result.found > left ? say("findings_left", { found: number(job.result.found), left: number(left) }) : "";
  return h("p", {}, say("findings_when", { when: momentText(job.ended_at) }), " ", gone);
}

// Not having looked is not having found nothing.
function unsought(job, name) {
  if (job) return null;
  return h("div", { className: "empty" }, h("h3", {}, say("findings_unsought")), h("p", {}, say(`${name}_none_hint`)));
}

function contradiction(one, sources) {
  const titles = [...new Set(one.sentences.map(({ title }) => title))];
  return {
    title: capital(one.reason[language]),
    facts: [...titles, say("findings_sure", { percent: percent(one.score) })],
    body: () => h("div", { className: "sides" }, one.sentences.map((side) => place(side, sources, marked(side)))),
  };
}

function duplicate(one, sources) {
  // Titles that are the same tell nothing apart; names of sources always do.
  const called = one.place.title === one.of.title ? "source" : "title";
  const title = say(`duplicate_${one.kind}`, { title: one.place[called], other: one.of[called] });
  const shares = { contained: percent(one.contained), alike: percent(one.alike) };
  return {
    title,
    facts: [say("duplicate_contained", shares), say("duplicate_alike", shares)],
    body: () => h("div", { className: "sides" }, [one.place, one.of].map((side) => place(side, sources, side.text))),
  };
}

function place(side, sources, text) {
  const source = sources.get(side.source);
  const where = [...side.headings, side.page ? say("page", { number: side.page }) : ""].filter(Boolean).join(" › ");
  return h(
    "div",
    { className: "found" },
    h("p", { className: "of" }, source ? h("a", { href: `#/source/${source.id}` }, side.title) : side.title),
    h("p", { className: "name" }, [side.source, say("version_short", { number: side.version }), where].filter(Boolean).join(" · ")),
    side.text ? h("blockquote", { lang: side.language || source?.language }, text) : null,
  );
}

// Where the sentence says it; all of it where it says so by all. The server counts characters,
// JavaScript halves of them: an emoji has two.
function marked({ text, said: [start, end] }) {
  const characters = [...text];
  if (start === end) return h("mark", {}, text);
  const part = (...ends) => characters.slice(...ends).join("");
  return [part(0, start), h("mark", {}, part(start, end)), part(end)];
}

const capital = (text) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

// In whole percents, rounded down: 100 is all of it.
const percent = (share) => Math.floor(share * 100 + 1e-9);
