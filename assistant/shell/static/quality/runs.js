// Runs: how far those are that go on, and a way into those that are done.
import { get, post, problemLine } from "../shared/api.js";
import { button, fill, find, h } from "../shared/dom.js";
import { momentText, number, say } from "../shared/words.js";
import { audienceTitle, runHash, runPath } from "./state.js";

const LOOK_MS = 900;
const goesOn = (one) => one.state === "queued" || one.state === "running";

export async function runsView(view) {
  fill(view, h("p", { className: "loading" }, say("loading")));
  const content = h("div");
  try {
    let runs = (await get("/evaluations/runs")).runs;
    fill(view, h("div", { className: "bar" }, h("h2", {}, say("tab_runs"))), content);
    draw(content, runs);
    while (content.isConnected && runs.some(goesOn)) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (!content.isConnected) return;
      const now = (await get("/evaluations/runs").catch(() => ({ runs }))).runs;
      if (JSON.stringify(now) !== JSON.stringify(runs)) draw(content, now);
      runs = now;
    }
  } catch (error) {
    fill(view, h("h2", {}, say("failed_load")), problemLine(error, () => runsView(view)));
  }
}

function draw(content, runs) {
  const focus = content.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const again = () => content.parentElement && runsView(content.parentElement);
  const list = runs.length
    ? h("ol", { className: "runs" }, runs.map((one) => row(one, again)))
    : h("div", { className: "empty" }, h("h2", {}, say("runs_none")), h("p", {}, h("a", { href: "#/sets" }, say("runs_none_hint"))));
  fill(content, list);
  if (focus) find(`[data-focus="${CSS.escape(focus)}"]`, content)?.focus();
}

function row(one, again) {
  const done = one.state === "done";
  const name = one.golden ? `${one.golden} ${say("version_short", { number: one.version })}` : say("from_file");
  const facts = [one.run, momentText(one.began_at), one.began_by, say("for_audience", { audience: audienceTitle(one.audience) })];
  return h(
    "li",
    { className: `card run ${one.state}`, "data-run": one.run },
    h("h3", {}, done ? h("a", { href: runHash(one.run), "data-focus": one.run }, name) : name, " ", state(one)),
    h("p", { className: "muted" }, facts.join(" · ")),
    goesOn(one) ? far(one) : null,
    one.message ? h("p", { className: "problem" }, one.message) : null,
    acts(one, again),
  );
}

function state(one) {
  if (one.verdict) return h("span", { className: `chip gate-${one.verdict}` }, say(`verdict_${one.verdict}`));
  return one.state === "done" ? null : h("span", { className: `chip ${one.state}` }, say(`state_${one.state}`));
}

function far(one) {
  const line = one.total ? say("run_far", { done: number(one.done), total: number(one.total) }) : say(one.state === "queued" ? "run_waits" : "run_starts");
  const value = one.total ? one.done / one.total : null;
  return h("div", { role: "status" }, h("p", {}, line), h("progress", { max: 1, value, "aria-label": say("progress") }));
}

function acts(one, again) {
  const act = (what) => async (event) => {
    event.target.disabled = true;
    try {
      await post(`${runPath(one.run)}/${what}`);
      again();
    } catch (error) {
      event.target.disabled = false;
      event.target.parentElement.after(problemLine(error));
    }
  };
  if (goesOn(one)) return h("div", { className: "buttons" }, button(say("stop"), act("cancel"), { "data-focus": `${one.run} stop` }));
  if (one.state === "done") return null;
  return h("div", { className: "buttons" }, button(say("resume"), act("resume"), { "data-focus": `${one.run} resume` }));
}
