// What two versions of a source say differently, side by side, with the words that changed marked.
import { get, problemLine } from "../shared/api.js";
import { show } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { number, say } from "../shared/words.js";

const AT_ONCE = 60;

export function differencesButton(source, version) {
  if (source.history.length < 2) return null;
  return button(say("differences"), () => showDifferences(source, version.number));
}

function showDifferences(source, newer) {
  const choices = h("div", { className: "pair" });
  const summary = h("p", { className: "summary", role: "status" });
  const body = h("div", { className: "preview differences", tabIndex: 0, role: "region", "aria-label": say("differences") });
  show(say("differences_title", { title: source.title }), choices, summary, body).classList.add("widest");
  let asked = 0;
  const load = async (from, to) => {
    const mine = ++asked;
    fill(summary, say("loading"));
    fill(body);
    try {
      const found = await get(`/sources/${source.id}/differences?to=${to}${from ? `&from=${from}` : ""}`);
      if (mine !== asked) return;
      fill(choices, selects(source, found, load));
      fill(summary, summaryOf(found.counts));
      draw(body, source, found);
    } catch (error) {
      if (mine !== asked) return;
      fill(summary);
      fill(body, problemLine(error, () => load(from, to)));
    }
  };
  return load(null, newer);
}

// A version is not compared with itself: what is chosen on the right is not offered on the left.
function selects(source, found, load) {
  const label = (one) => [one.number, `${say("version", { number: one.number })} (${say(`state_${one.state}`).toLowerCase()})`];
  const from = choice(source.history.filter((one) => one.number !== found.to).map(label), found.from);
  const to = choice(source.history.map(label), found.to);
  const again = (select, other) => load(other.from === other.to ? null : other.from, other.to).then(() => document.querySelector(`#${select.id}`)?.focus());
  from.id = "differences-from";
  to.id = "differences-to";
  from.addEventListener("change", () => again(from, { from: from.value, to: to.value }));
  to.addEventListener("change", () => again(to, { from: from.value, to: to.value }));
  return [field(say("differences_from"), from), field(say("differences_to"), to)];
}

function summaryOf(counts) {
  const said = (key) => counts[key] && say(`counted_${key}_${counts[key] === 1 ? "one" : "many"}`, { count: number(counts[key]) });
  const listed = (keys) => keys.map(said).filter(Boolean).join(", ");
  return [listed(["changed", "added", "removed", "moved"]), listed(["numbers", "dates"])].filter(Boolean).join("; ");
}

function draw(body, source, found) {
  const withheld = found.withheld ? h("p", { className: "hint" }, say("differences_withheld")) : null;
  if (!found.stretches.length) {
    return fill(body, h("div", { className: "empty" }, h("h2", {}, say("differences_none")), h("p", {}, say("differences_none_hint"))), withheld);
  }
  const spoken = (wanted) => source.history.find((one) => one.number === wanted).language;
  const of = { old: { version: found.from, lang: spoken(found.from) }, new: { version: found.to, lang: spoken(found.to) } };
  return fill(body, withheld, stretches(found.stretches, 0, of));
}

function stretches(all, from, of) {
  const shown = all.slice(from, from + AT_ONCE).map((one) => stretch(one, of));
  const left = all.length - from - AT_ONCE;
  if (left <= 0) return shown;
  const more = button(say("show_more", { count: number(Math.min(AT_ONCE, left)) }), () => {
    const next = stretches(all, from + AT_ONCE, of);
    more.replaceWith(...next);
    next[0].focus();
  });
  return [...shown, more];
}

function stretch(rows, of) {
  let above = null;
  const lines = rows.flatMap((one) => {
    const here = placeOf(one.new || one.old);
    const heading = here === above ? null : h("p", { className: "muted place" }, here);
    above = here;
    return [heading, row(one, of)];
  });
  return h("article", { className: "passage", tabIndex: -1 }, lines);
}

function placeOf(side) {
  const where = side.page ? say("page", { number: side.page }) : side.row ? say("row", { number: side.row }) : "";
  return [side.headings.join(" › "), where, side.internal ? say("part_internal") : ""].filter(Boolean).join(" · ");
}

function row(one, of) {
  if (one.kind === "kept") return h("p", { className: `kept ${one.new.block}`, lang: of.new.lang }, one.new.text);
  return h(
    "div",
    { className: `difference ${one.kind}`, "data-kind": one.kind },
    h("p", { className: "what" }, h("strong", {}, say(`difference_${one.kind}`)), one.moved ? ` · ${movedFrom(one)}` : ""),
    one.kind === "moved" ? side(one, "new", of) : [side(one, "old", of), side(one, "new", of)],
  );
}

function movedFrom(one) {
  const heading = one.old.headings.at(-1);
  return heading && heading !== one.new.headings.at(-1) ? say("differences_moved_from", { heading }) : say("differences_moved");
}

function side(one, which, of) {
  const given = one[which];
  const { version, lang } = of[which];
  if (!given) return h("div", { className: "side none" });
  const whole = one.kind !== "changed" && one.kind !== "moved";
  const name = which === "old" ? "del" : "ins";
  const text = marked(given, whole ? "strong" : name, whole);
  return h(
    "div",
    { className: `side ${which} ${given.block}` },
    h("span", { className: "muted" }, say("version_short", { number: version })),
    h("p", { lang }, whole ? h(name, {}, text) : text),
  );
}

// The text with its marks; of a sentence that is all new or all gone only the values are marked.
function marked(given, name, whole) {
  const parts = [];
  let done = 0;
  for (const mark of given.marks) {
    const value = mark.kind !== "words";
    const props = value ? { className: "value", title: say(`value_${mark.kind}`) } : {};
    if (!whole) props["data-said"] = say(name === "del" ? "differences_gone" : "differences_come");
    parts.push(characters(given.text, done, mark.start), h(name, props, characters(given.text, mark.start, mark.end)));
    done = mark.end;
  }
  return [...parts, characters(given.text, done)];
}

// The server counts characters, JavaScript halves of them: an emoji has two.
function characters(text, start, end) {
  return [...text].slice(start, end).join("");
}
