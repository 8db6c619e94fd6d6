// Sources that may say what is no longer right: why, and what to do about it.
import { get, post } from "../shared/api.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { keep, state } from "./state.js";
import { language, say } from "../shared/words.js";
import { workList } from "./worklist.js";

const KINDS = ["review_due", "expires", "translation_behind", "voted_wrong", "never_cited"];
let kind = "";

export async function staleView(content) {
  const { stale } = await get("/stale");
  const list = h("div");
  const draw = () => {
    const found = stale.filter((one) => !kind || one.kind === kind);
    found.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.since || "").localeCompare(b.since || "") || a.title.localeCompare(b.title));
    fill(list, workList(found, describe, "stale"));
  };
  const select = choice([["", say("any")], ...KINDS.map((name) => [name, say(`stale_${name}`)])], kind);
  select.addEventListener("change", () => ((kind = select.value), draw()));
  fill(content, h("p", { className: "hint" }, say("stale_hint")), h("div", { className: "filters" }, field(say("stale_kind"), select)), list);
  draw();
}

function describe(one, row) {
  const source = state.sources.find(({ id }) => id === one.source_id);
  const reviews = one.kind === "review_due" && source?.may.length;
  return {
    title: one.title,
    chips: [h("span", { className: `chip stale-${one.kind}` }, say(`stale_${one.kind}`))],
    facts: [one.reason[language], one.owner ? say("handled_by", { name: one.owner }) : ""],
    body: () => [
      h("p", {}, one.advice[language]),
      h("p", { className: "name" }, one.source),
      h(
        "div",
        { className: "buttons" },
        h("a", { href: `#/source/${one.source_id}`, className: "as-button" }, say("open_source")),
        one.kind === "voted_wrong" ? h("a", { href: "#/work/feedback", className: "as-button" }, say("work_feedback")) : null,
        reviews ? button(say("reviewed"), (event) => row.act(event, () => reviewed(one, row)), { className: "primary" }) : null,
      ),
    ],
  };
}

async function reviewed(one, row) {
  keep(await post(`/sources/${one.source_id}/reviewed`));
  row.done(say("stale_reviewed", { title: one.title }));
}
