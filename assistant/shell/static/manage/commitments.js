// What is owed to customers: promises and complaints, overdue first, and how each contractor stands.
import { get, post } from "../shared/api.js";
import { askFirst } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { audienceTitle } from "./state.js";
import { dayText, momentText, number, say } from "../shared/words.js";
import { workList } from "./worklist.js";

const OUTCOMES = ["kept", "broken", "closed"];
const PENDING = ["proposed", "open"];
let kind = "";
let late = false;

export async function commitmentsView(content) {
  const [{ commitments }, { counts }] = await Promise.all([get("/commitments?pending=true&limit=500"), get("/commitments/counts")]);
  const list = h("div");
  const draw = () => {
    const found = commitments.filter((one) => (!kind || one.kind === kind) && (!late || one.overdue));
    found.sort((a, b) => b.overdue - a.overdue || (a.due || "").localeCompare(b.due || "") || a.key.localeCompare(b.key));
    fill(list, workList(found, describe, "commitments"));
  };
  const select = choice([["", say("any")], ["promise", say("commitments_kind_promise")], ["complaint", say("commitments_kind_complaint")]], kind);
  select.addEventListener("change", () => ((kind = select.value), draw()));
  const box = h("input", { type: "checkbox", checked: late, onchange: () => ((late = box.checked), draw()) });
  fill(
    content,
    h("p", { className: "hint" }, say("commitments_hint")),
    standing(counts),
    h(
      "div",
      { className: "filters" },
      field(say("commitments_which"), select),
      h("label", { className: "tick" }, box, " ", say("commitments_only_late")),
      h("a", { className: "as-button", href: "/v1/commitments/export?format=csv", download: "" }, say("commitments_export")),
    ),
    list,
  );
  draw();
}

// One line for each contractor: what is owed, what is late, what was kept and what broken.
function standing(counts) {
  const labels = [...new Set(counts.map((one) => one.audience))].sort();
  if (!labels.length) return null;
  const sum = (label, states, what = "count") => counts.filter((one) => one.audience === label && states.includes(one.state)).reduce((all, one) => all + one[what], 0);
  const row = (label) => [sum(label, PENDING), sum(label, PENDING, "overdue"), sum(label, ["kept"]), sum(label, ["broken"])];
  const heads = ["commitments_by", "commitments_owed", "commitments_late", "commitments_were_kept", "commitments_were_broken"];
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, say(head))))),
    h("tbody", {}, labels.map((label) => h("tr", {}, h("th", { scope: "row" }, audienceTitle(label)), row(label).map((count) => h("td", {}, number(count)))))),
  );
}

function describe(one, row) {
  const steps = h("ul", { className: "queue" });
  const due = one.due_at ? momentText(one.due_at) : one.due ? dayText(one.due) : say("commitments_no_day");
  return {
    title: say("commitments_title", { kind: say(`commitments_kind_${one.kind}`), what: say(`commitments_what_${one.what}`) }),
    chips: [h("span", { className: one.overdue ? "chip failed" : "chip" }, one.overdue ? say("commitments_overdue", { due }) : say(`commitments_state_${one.state}`))],
    facts: [one.key, due, audienceTitle(one.audience), one.responsible ? say("handled_by", { name: one.responsible }) : ""],
    body: () => {
      drawSteps(steps, one.key);
      return [
        one.words ? h("p", {}, `«${one.words}»`) : null,
        steps,
        h("div", { className: "buttons" }, button(say("assign"), () => assign(one, row)), button(say("commitments_settle"), () => close(one, row), { className: "primary" })),
      ];
    },
  };
}

async function drawSteps(list, key) {
  const { steps } = await get(`/commitments/${key}`).catch(() => ({ steps: [] }));
  fill(list, steps.map((one) => h("li", {}, say("commitments_step", { what: say(`commitments_step_${one.kind}`), by: one.by, text: [one.account, dayText(one.due), one.text].filter(Boolean).join(" · ") }), h("span", { className: "muted" }, momentText(one.at)))));
}

function assign(one, row) {
  const account = h("input", { type: "text", required: true, maxLength: 120, value: one.responsible || "" });
  askFirst({
    title: say("assign"),
    body: [field(say("commitments_account"), account, say("assign_hint"))],
    confirm: say("assign"),
    act: async () => row.update(await post(`/commitments/${one.key}/assign`, { account: account.value })),
  });
}

function close(one, row) {
  const outcome = choice(OUTCOMES.map((name) => [name, say(`commitments_state_${name}`)]), "kept");
  const reason = h("textarea", { rows: 3, maxLength: 2000 });
  askFirst({
    title: say("commitments_close_title", { key: one.key }),
    body: [field(say("commitments_outcome"), outcome), field(say("commitments_reason"), reason, say("commitments_reason_hint"))],
    confirm: say("commitments_settle"),
    act: async () => {
      const done = await post(`/commitments/${one.key}/close`, { outcome: outcome.value, reason: reason.value });
      row.done(say("commitments_settled", { key: one.key, state: say(`commitments_state_${done.state}`) }));
    },
  });
}
