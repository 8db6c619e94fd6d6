// How the company speaks: what was read of its voice guides, writing one, and trying it out.
import { get, problemLine } from "../shared/api.js";
import { button, choice, fill, h } from "../shared/dom.js";
import { audienceText, may } from "./state.js";
import { number, say } from "../shared/words.js";
import { editorView } from "./voicewriting.js";
import { tryView } from "./voicetrying.js";

export async function voiceView(view) {
  const content = h("div", { className: "voice" }, h("p", { className: "loading" }, say("loading")));
  fill(view, h("h2", { className: "off" }, say("tab_voice")), content);
  const again = async () => {
    try {
      draw(content, await get("/voice"), again);
    } catch (error) {
      fill(content, problemLine(error, again));
    }
  };
  await again();
}

function draw(content, { guides, examples }, again) {
  const main = h("div");
  const trying = tryView(guides);
  const write = (guide, text) => {
    const done = () => (trying.written(null), again());
    fill(main, editorView({ guide, text, examples, changed: trying.written, done }));
    trying.written(text);
    const area = main.querySelector("textarea");
    area.setSelectionRange(0, 0);
    area.focus();
  };
  fill(main, guides.length ? guides.map((one) => guideCard(one, write, guides.length === 1)) : empty(examples, write));
  if (guides.length && may("edit_source")) main.append(another(examples, write));
  fill(content, h("p", { className: "lead" }, say("voice_hint")), main, trying.element);
}

function empty(examples, write) {
  const starts = may("edit_source") ? another(examples, write) : null;
  return h("div", { className: "empty" }, h("h3", {}, say("voice_none")), h("p", {}, say("voice_none_hint")), starts);
}

const another = (examples, write) =>
  h("div", { className: "buttons" }, button(say("voice_start_es"), () => write(null, examples.es)), button(say("voice_start_en"), () => write(null, examples.en)));

function guideCard(one, write, alone) {
  const { source, version, state, guide, text } = one;
  const facts = [say("voice_version", { version: number(version) }), say(`state_${state}`), say(`language_${guide.language}`), audienceText(source.audience)];
  const edits = source.may.includes("edit_source");
  const edit = text === null ? h("p", { className: "muted" }, say("voice_no_text")) : button(say("voice_edit"), () => write(one, text), { className: "primary" });
  return h(
    "section",
    { className: "card voice-guide" },
    h("h3", {}, guide.title),
    h("p", { className: "muted" }, facts.join(" · ")),
    h("div", { className: "buttons" }, edits ? edit : null, h("a", { href: `#/source/${source.id}` }, say("voice_open"))),
    readOf(guide, alone),
  );
}

// The rules, kind by kind, with the words that each was read from; then what gave none.
export function readOf(guide, open = true) {
  const kinds = new Map();
  for (const rule of guide.rules) kinds.set(rule.kind_text, [...(kinds.get(rule.kind_text) || []), rule]);
  const rules = [...kinds].map(([kind, all]) => [h("dt", {}, kind), all.map((rule) => h("dd", {}, rule.text, h("q", {}, rule.quote)))]);
  const unclear = guide.unread.filter((one) => one.why !== "for_people");
  const people = guide.unread.filter((one) => one.why === "for_people");
  return [
    unclear.length ? h("details", { open: true }, h("summary", {}, say("voice_unclear", { count: number(unclear.length) })), unreadList(unclear)) : null,
    h("details", { open }, h("summary", {}, say("voice_rules", { count: number(guide.rules.length) })), rules.length ? h("dl", {}, rules) : h("p", {}, say("voice_no_rules"))),
    people.length ? h("details", {}, h("summary", {}, say("voice_people", { count: number(people.length) })), unreadList(people)) : null,
  ];
}

const unreadList = (all) => h("ul", { className: "unread" }, all.map((one) => h("li", {}, h("q", {}, one.quote), h("p", {}, one.text))));

export const channelChoice = () =>
  choice(["phone", "chat", "whatsapp", "email", "social"].map((one) => [one, say(`voice_channel_${one}`)]), "phone", { "aria-label": say("voice_channel") });
