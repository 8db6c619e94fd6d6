// Who must read what by when, who has and who has not, by circle.
import { get, post, problemLine } from "../shared/api.js";
import { askFirst, show, tell } from "../shared/dialog.js";
import { button, choice, field, fill, h, ticks } from "../shared/dom.js";
import { audienceOptions, audienceTitle, state } from "./state.js";
import { dayText, listed, momentText, number, say, shiftDay } from "../shared/words.js";
import { workList } from "./worklist.js";

const DUE_DAYS = 7;

export async function receiptsView(content, again) {
  draw(content, (await get("/receipts")).readings, again);
}

function draw(content, readings, again) {
  const some = published().length > 0;
  const add = some ? button(say("receipts_require"), () => requireReading(again), { className: "primary" }) : null;
  fill(content, h("div", { className: "bar" }, h("p", { className: "hint" }, say("receipts_hint")), add), workList(readings, describe(again), "receipts"));
}

const describe = (again) => (one, row) => {
  const all = one.read.length + one.waiting.length;
  return {
    title: one.title,
    chips: [chipOf(one)],
    facts: [
      say("version_short", { number: one.version }),
      audienceTitle(one.place),
      say("receipts_read", { read: number(one.read.length), all: number(all) }),
      say("receipts_due", { day: dayText(one.due) }),
    ],
    body: () => body(one, row, again),
  };
};

function chipOf(one) {
  const name = one.overdue ? "overdue" : one.waiting.length ? "waiting" : "read";
  return h("span", { className: `chip reading-${name}` }, say(`reading_${name}`));
}

function body(one, row, again) {
  const source = one.source_id ? h("a", { href: `#/source/${one.source_id}`, className: "as-button" }, say("open_source")) : null;
  const people = one.waiting.map((name) => h("li", {}, button(name, () => pendingOf(name), { title: say("receipts_pending", { name }) })));
  const read = one.read.map(({ account, at }) => h("li", {}, account, h("span", { className: "muted" }, momentText(at))));
  return [
    one.note ? h("p", { className: "note" }, one.note) : null,
    h("p", { className: "muted" }, say("receipts_by", { name: one.required_by })),
    people.length ? [h("h4", {}, say("receipts_waiting")), h("ul", { className: "people" }, people)] : null,
    read.length ? [h("h4", {}, say("receipts_done")), h("ul", { className: "queue" }, read)] : null,
    h("div", { className: "buttons" }, source, one.withdraws ? button(say("receipts_withdraw"), () => withdraw(one, again)) : null),
  ];
}

async function pendingOf(name) {
  const list = h("div", {}, h("p", { className: "loading" }, say("loading")));
  show(say("receipts_pending", { name }), list);
  try {
    const { pending } = await get(`/receipts/pending?account=${encodeURIComponent(name)}`);
    const rows = pending.map((one) => h("li", {}, one.title, h("span", { className: "muted" }, listed([say("version_short", { number: one.version }), say("receipts_due", { day: dayText(one.due) })]))));
    fill(list, rows.length ? h("ul", { className: "queue" }, rows) : h("p", {}, say("receipts_pending_none")));
  } catch (error) {
    fill(list, problemLine(error));
  }
}

// It goes for every circle that it was required of, so the whole list is drawn anew.
function withdraw(one, again) {
  askFirst({
    title: say("receipts_withdraw_title", { title: one.title }),
    body: [h("p", {}, say("receipts_withdraw_hint"))],
    confirm: say("receipts_withdraw"),
    danger: true,
    act: async () => {
      await post(`/receipts/${one.number}/withdraw`);
      changed(again, say("receipts_withdrawn"));
    },
  });
}

const published = () => state.sources.filter((one) => one.current && one.may.length);

function requireReading(again) {
  const options = published().map((one) => [String(one.id), one.title]);
  options.sort((a, b) => a[1].localeCompare(b[1]));
  const source = choice(options, options[0][0]);
  const boxes = ticks(say("receipts_who"), audienceOptions("see_feedback"), []);
  const due = h("input", { type: "date", required: true, min: state.me.today, value: shiftDay(state.me.today, DUE_DAYS) });
  askFirst({
    title: say("receipts_require"),
    body: [h("p", {}, say("receipts_require_hint")), field(say("receipts_source"), source), boxes.element, field(say("receipts_until"), due)],
    confirm: say("receipts_require"),
    act: async () => {
      if (!boxes.values().length) throw say("receipts_nobody");
      const { id, current } = state.sources.find((one) => String(one.id) === source.value);
      await post("/receipts", { source: id, version: current, labels: boxes.values(), due: due.value });
      changed(again, say("receipts_required"));
    },
  });
}

async function changed(again, line) {
  tell(line);
  window.dispatchEvent(new CustomEvent("work-changed"));
  await again();
  document.querySelector("#view .work-head, #view .bar button")?.focus();
}
