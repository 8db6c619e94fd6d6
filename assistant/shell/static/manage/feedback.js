// What agents report of answers and sources, oldest first; who reported it is told what became of it.
import { get, post } from "../shared/api.js";
import { askFirst } from "../shared/dialog.js";
import { button, field, fill, h } from "../shared/dom.js";
import { assignTo } from "./handing.js";
import { state } from "./state.js";
import { dayAt, dayText, momentText, say } from "../shared/words.js";
import { workList } from "./worklist.js";

const shown = { settled: false, mine: false };
const OPEN = ["open", "in_work"];

export async function feedbackView(content, again) {
  const { feedback } = await get(`/feedback?settled=${shown.settled}&mine=${shown.mine}`);
  fill(content, h("p", { className: "hint" }, say("feedback_hint")), filters(again), workList(feedback, describe, "feedback"));
}

function filters(again) {
  const tick = (key, label) => {
    const box = h("input", { type: "checkbox", checked: shown[key] });
    box.addEventListener("change", () => ((shown[key] = box.checked), again()));
    return h("label", { className: "tick" }, box, " ", label);
  };
  return h("div", { className: "filters" }, tick("mine", say("only_mine")), tick("settled", say("settled_too")));
}

function describe(task, row) {
  const about = task.title || say("feedback_answer_itself");
  return {
    title: task.comment || about,
    chips: [h("span", { className: `chip said-${task.kind}` }, say(`said_${task.kind}`)), task.state === "open" ? null : h("span", { className: "chip" }, say(`task_${task.state}`))],
    facts: [
      task.comment ? about : "",
      task.version ? say("version_short", { number: task.version }) : "",
      say("reported_by", { name: task.account || say("somebody"), day: dayText(dayAt(task.at)) }),
      task.owner ? say("handled_by", { name: task.owner }) : "",
    ],
    body: () => [facts(task), task.decides && OPEN.includes(task.state) ? h("div", { className: "buttons" }, steps(task, row)) : null],
  };
}

function facts(task) {
  const source = task.source_id ? h("a", { href: `#/source/${task.source_id}` }, task.title) : task.title;
  const rows = [
    [say("feedback_about"), source || say("feedback_answer_itself")],
    [say("feedback_question"), task.question],
    [say("feedback_when"), momentText(task.at)],
    [say("feedback_answered"), task.answer],
    [say("fixed_in"), task.fixed_in],
  ];
  return h("dl", { className: "facts" }, rows.filter(([, value]) => value).map(([key, value]) => h("div", {}, h("dt", {}, key), h("dd", {}, value))));
}

function steps(task, row) {
  const at = `/feedback/${task.number}`;
  const take = (event) => row.act(event, async () => row.changed(await post(`${at}/take`), say("feedback_taken")));
  const mine = task.owner === state.me.name && task.state === "in_work";
  return [
    button(say("feedback_resolve"), () => settle(task, row, "resolve"), { className: "primary" }),
    button(say("feedback_decline"), () => settle(task, row, "decline")),
    mine ? null : button(say("feedback_take"), take),
    button(say("assign"), () => assignTo(task.owner, async (owner) => row.changed(await post(`${at}/assign`, { owner }), say("assigned", { name: owner })))),
  ];
}

function settle(task, row, what) {
  const answer = h("textarea", { rows: 4, maxLength: 2000, required: true });
  const fixed = h("input", { type: "number", min: 1 });
  const versioned = what === "resolve" && task.source;
  const label = say(`feedback_${what}`);
  askFirst({
    title: label,
    body: [
      h("p", {}, say("feedback_told", { name: task.account || say("somebody") })),
      field(say("feedback_answer"), answer),
      versioned ? field(`${say("fixed_in")} (${say("optional")})`, fixed) : null,
    ],
    confirm: label,
    act: async () => {
      const more = versioned && fixed.value ? { fixed_in: Number(fixed.value) } : {};
      await post(`/feedback/${task.number}/${what}`, { answer: answer.value, ...more });
      row.done(say(`feedback_${what}_done`));
    },
  });
}
