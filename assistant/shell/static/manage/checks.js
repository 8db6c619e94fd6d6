// What the gate says of a version before it is published: asked in the background, then the verdict
// of each golden set in a sentence, what it found, and the cases that break or mend.
import { get, post, problemLine } from "../shared/api.js";
import { button, field, fill, h } from "../shared/dom.js";
import { criticalChip, findings, flipChip, sentence } from "../shared/gate.js";
import { language, momentText, number, say } from "../shared/words.js";

const LOOK_MS = 700;
const MIN_CHARS = 10;
const MAX_CHARS = 500;
const waits = (job) => job?.state === "queued" || job?.state === "running";

// The panel of a dialog: empty where nothing gates. `waiver` gives the reason, or throws what is missing.
export function checkPanel(at, days) {
  const element = h("section", { className: "gate", "aria-label": say("check_title") });
  const reason = h("textarea", { rows: 3, minLength: MIN_CHARS, maxLength: MAX_CHARS });
  const sure = h("input", { type: "checkbox" });
  let now = null;
  let failed = false;

  const draw = () => {
    if (!now.gates.length) return fill(element);
    const shown = now.checks.filter((one) => one.newest);
    const left = now.gates.filter((name) => !shown.some((one) => one.golden === name));
    const going = waits(now.job);
    const go = button(say(shown.length ? "check_again" : "check_now"), begin, { disabled: going });
    const broke = !going && now.job && now.job.state !== "done" ? problemLine(now.job.message || say(`job_${now.job.state}`)) : null;
    fill(
      element,
      h("h3", {}, say("check_title")),
      left.length && !going ? h("p", {}, say("check_left", { names: left.join(", ") })) : null,
      going ? progress(now.job) : null,
      broke,
      shown.map(verdict),
      h("div", { className: "buttons" }, go),
      now.stopped && !going ? waiverFields() : null,
    );
  };
  const waiverFields = () => [
    field(say("waiver"), reason, say("waiver_hint", { least: MIN_CHARS, most: MAX_CHARS })),
    h("label", { className: "tick" }, sure, " ", say("waiver_sure")),
  ];
  const load = async () => {
    try {
      now = await get(`${at}/check`);
      failed = false;
      draw();
      if (waits(now.job)) follow().catch((error) => element.append(problemLine(error)));
    } catch (error) {
      failed = true;
      fill(element, problemLine(error, load));
    }
  };
  const follow = async () => {
    while (waits(now.job)) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (!element.isConnected) return;
      now = await get(`${at}/check`);
      draw();
    }
  };
  const begin = async () => {
    try {
      now = await post(`${at}/check`, days());
      draw();
      await follow();
    } catch (error) {
      element.append(problemLine(error));
    }
  };
  const loading = load();
  const waiver = async () => {
    await loading;
    if (failed || !now) throw say("check_unknown");
    if (!now.gates.length || now.ready) return null;
    if (waits(now.job)) throw say("check_going");
    if (!now.stopped) throw say("check_first");
    const text = reason.value.trim();
    if (text.length < MIN_CHARS) {
      reason.focus();
      throw say("waiver_missing", { least: MIN_CHARS, most: MAX_CHARS });
    }
    if (!sure.checked) {
      sure.focus();
      throw say("waiver_unsure");
    }
    return text;
  };
  return { element, waiver };
}

function progress(job) {
  const line = job.total ? say("check_far", { done: number(job.done), total: number(job.total) }) : say("check_starting");
  const share = job.total ? job.done / job.total : null;
  return h("div", { role: "status" }, h("p", {}, line), h("progress", { max: 1, value: share, "aria-label": say("check_title") }));
}

function verdict(one) {
  const facts = [`${one.golden} ${say("version_short", { number: one.number })}`, say("check_cases", { cases: number(one.cases), asked: number(one.asked) }), momentText(one.checked_at), one.checked_by];
  return h(
    "div",
    { className: `verdict ${one.verdict}` },
    sentence(one.verdict, one.says),
    h("p", { className: "muted" }, facts.join(" · ")),
    one.waived_by ? h("p", { className: "note" }, say("waived", { name: one.waived_by, reason: one.waiver })) : null,
    findings(one.findings),
    one.flips.length ? flips(one.flips) : null,
  );
}

function flips(all) {
  const broken = all.filter((one) => one.flip === "broken").length;
  const title = say("check_flips", { broken: number(broken), mended: number(all.length - broken) });
  return h("details", { open: broken > 0 }, h("summary", {}, title), h("ul", { className: "flips" }, all.map(flip)));
}

function flip(one) {
  return h(
    "li",
    { className: one.flip },
    h("p", {}, flipChip(one.flip), one.critical ? criticalChip() : null, " ", h("strong", {}, one.question)),
    h("p", { className: "muted" }, one.measures.join(", ")),
    h("div", { className: "sides" }, side(say("check_before"), one.before), side(say("check_after"), one.after)),
  );
}

function side(title, said) {
  const lines = said.map(({ text, document, marks }) => [h("p", {}, marked(text, marks)), document ? h("p", { className: "name" }, document) : null]);
  return h("div", { className: "found" }, h("p", { className: "of" }, title), lines.length ? lines : h("p", { className: "muted", lang: language }, say("check_nothing")));
}

// The server counts characters, JavaScript halves of them: an emoji has two.
function marked(text, marks) {
  const characters = [...text];
  const part = (...ends) => characters.slice(...ends).join("");
  const starts = [0, ...marks.map(([, end]) => end)];
  return starts.map((start, at) => [part(start, marks[at]?.[0]), marks[at] ? h("mark", {}, part(...marks[at])) : null]);
}
