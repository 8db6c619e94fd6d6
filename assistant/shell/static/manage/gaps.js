// What is asked and not answered, the worst first: give it to somebody, write a card, put it aside.
import { get, post } from "../shared/api.js";
import { askFirst } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { audienceTitle, may } from "./state.js";
import { followJob } from "./uploads.js";
import { assignTo } from "./handing.js";
import { dayAt, dayText, language, listed, momentText, number, say } from "../shared/words.js";
import { workList } from "./worklist.js";

const shown = { days: "", settled: false };
const SETTLED = ["dismissed", "closed"];

export async function gapsView(content, again) {
  const days = shown.days ? `&days=${shown.days}` : "";
  const { gaps } = await get(`/gaps?limit=200&settled=${shown.settled}${days}`);
  fill(content, h("p", { className: "hint" }, say("gaps_hint")), filters(again), workList(gaps, describe, "gaps"));
}

// A card that has become a draft meanwhile shows in its question.
window.addEventListener("sources-changed", async () => {
  const waiting = [...document.querySelectorAll("#view .work-row:not(.done)")].filter(({ row }) => row.item.card_begun);
  if (!waiting.length) return;
  const { gaps } = await get("/gaps?limit=200").catch(() => ({ gaps: [] }));
  waiting.forEach(({ row }) => {
    const now = gaps.find((one) => one.number === row.item.number);
    if (now?.card) row.update(now);
  });
});

function filters(again) {
  const days = choice([["", say("gaps_all_days")], ...["7", "30", "90"].map((count) => [count, say("last_days", { count })])], shown.days);
  days.addEventListener("change", () => ((shown.days = days.value), again()));
  const settled = h("input", { type: "checkbox", checked: shown.settled });
  settled.addEventListener("change", () => ((shown.settled = settled.checked), again()));
  return h("div", { className: "filters" }, field(say("when_asked"), days), h("label", { className: "tick" }, settled, " ", say("settled_too")));
}

function describe(gap, row) {
  const name = gap.came_back ? "came_back" : gap.state;
  return {
    title: gap.question,
    lang: gap.examples[0].language,
    chips: [h("span", { className: `chip gap-${name}` }, say(`gap_${name}`))],
    facts: [
      gap.not_found ? say("gap_not_found", { count: number(gap.not_found) }) : "",
      gap.partly ? say("gap_partly", { count: number(gap.partly) }) : "",
      say("gap_last", { day: dayText(dayAt(gap.last)) }),
      audienceTitle(gap.audience),
      gap.owner ? say("handled_by", { name: gap.owner }) : "",
    ],
    body: () => [facts(gap), examples(gap), gap.decides ? h("div", { className: "buttons" }, steps(gap, row)) : h("p", { className: "hint" }, say("gap_not_yours"))],
  };
}

function facts(gap) {
  const spoken = Object.entries(gap.languages).filter(([, count]) => count);
  const card = gap.card_id ? h("a", { href: `#/source/${gap.card_id}` }, gap.card) : gap.card;
  const rows = [
    [say("gap_asked"), say("gap_asked_of", { missed: number(gap.not_found + gap.partly), asked: number(gap.asked) })],
    [say("language"), listed(spoken.map(([code, count]) => `${say(`language_${code}`)}: ${number(count)}`))],
    [say("gap_first"), momentText(gap.first)],
    [say("gap_card"), card],
    [say("gap_reason"), gap.reason],
  ];
  return h("dl", { className: "facts" }, rows.filter(([, value]) => value).map(([key, value]) => h("div", {}, h("dt", {}, key), h("dd", {}, value))));
}

function examples(gap) {
  const rows = gap.examples.map((one) => h("li", {}, h("q", { lang: one.language }, one.text), h("span", { className: "muted" }, `${say(`verdict_${one.verdict}`)} · ${momentText(one.at)}`)));
  return h("div", {}, h("h4", {}, say("gap_examples")), h("ul", { className: "queue" }, rows));
}

function steps(gap, row) {
  const at = `/gaps/${gap.number}`;
  const reopen = () => post(`${at}/reopen`);
  if (SETTLED.includes(gap.state)) return [button(say("gap_reopen"), (event) => row.act(event, async () => row.changed(await reopen(), say("gap_reopened"))))];
  const close = (event) => row.act(event, async () => (await post(`${at}/close`), row.done(say("gap_closed_done"), reopen)));
  return [
    may("edit_source") ? button(say("gap_write_card"), () => writeCard(gap, row), { className: "primary" }) : null,
    button(say("assign"), () => assignTo(gap.owner, async (owner) => row.changed(await post(`${at}/assign`, { owner }), say("assigned", { name: owner })))),
    button(say("gap_close"), close),
    button(say("gap_dismiss"), () => dismiss(at, row, reopen)),
    gap.state === "in_work" ? button(say("gap_reopen"), (event) => row.act(event, async () => row.changed(await reopen(), say("gap_reopened")))) : null,
  ];
}

function dismiss(at, row, reopen) {
  const reason = h("textarea", { rows: 3, maxLength: 2000, required: true });
  askFirst({
    title: say("gap_dismiss"),
    body: [h("p", {}, say("gap_dismiss_hint")), field(say("gap_reason"), reason)],
    confirm: say("gap_dismiss"),
    act: async () => {
      await post(`${at}/dismiss`, { reason: reason.value });
      row.done(say("gap_dismissed_done"), reopen);
    },
  });
}

function writeCard(gap, row) {
  const answer = h("textarea", { rows: 5, maxLength: 1200, lang: gap.examples[0].language || language });
  askFirst({
    title: say("gap_card_title", { question: gap.question }),
    body: [h("p", {}, say("gap_card_explained")), field(say("card_answer"), answer, say("gap_card_hint"))],
    confirm: say("gap_write_card"),
    act: async () => {
      const job = await post(`/gaps/${gap.number}/card`, { answer: answer.value });
      followJob(job);
      row.changed({ ...gap, state: "in_work", card_begun: true }, say("gap_card_begun"));
    },
  });
}
