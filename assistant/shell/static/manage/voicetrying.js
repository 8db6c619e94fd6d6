// Trying a voice guide: a sentence as it would be said, and what the rules have against it.
import { post, problemLine } from "../shared/api.js";
import { button, field, fill, h } from "../shared/dom.js";
import { channelChoice } from "./voice.js";
import { listed, say } from "../shared/words.js";

const TRY_MS = 400;
const SAMPLES = {
  es: ["El cliente puede devolver el colchón y se abona al cliente el importe.", "No me consta, le llamarán en breve. Se lo garantizo."],
  en: ["The customer gets a reasoned answer within 15 working days.", "I guarantee it, we will call you as soon as possible."],
};

export function tryView(guides) {
  let written = null;
  let timer;
  let turn = 0;
  const spoken = guides.some((one) => one.guide.language === document.documentElement.lang) || !guides.length ? document.documentElement.lang : guides[0].guide.language;
  const sentence = h("textarea", { className: "sentence", rows: 3, maxLength: 2000, oninput: soon });
  const channel = channelChoice();
  channel.addEventListener("change", look);
  const result = h("div", { "aria-live": "polite" });
  const samples = SAMPLES[spoken].map((text) => button(say("voice_sample", { text }), () => take(text), { className: "link" }));
  const element = h(
    "section",
    { className: "card voice-try" },
    h("h3", {}, say("voice_try")),
    h("p", { className: "hint" }, say("voice_try_hint")),
    field(say("voice_sentence"), sentence),
    samples,
    field(say("voice_channel"), channel),
    result,
  );

  function take(text) {
    sentence.value = text;
    look();
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(look, TRY_MS);
  }

  async function look() {
    const mine = ++turn;
    if (!sentence.value.trim()) return fill(result);
    try {
      const found = await post("/voice/try", { sentence: sentence.value, channel: channel.value, ...(written === null ? {} : { text: written }) });
      if (mine === turn) fill(result, drawn(found));
    } catch (error) {
      if (mine === turn) fill(result, problemLine(error));
    }
    return null;
  }

  return {
    element,
    written: (text) => {
      written = text;
      if (sentence.value) soon();
    },
  };
}

function drawn(found) {
  const how = found.fell_back ? "voice_fell_back" : found.changed ? null : "voice_same";
  return [
    h("h4", {}, say("voice_result")),
    found.greeting ? h("p", { className: "aside" }, found.greeting) : null,
    h("p", { className: "said" }, marked(found)),
    found.closing ? h("p", { className: "aside" }, found.closing) : null,
    how ? h("p", { className: "muted" }, say(how)) : null,
    h("h4", {}, say("voice_noticed")),
    found.noticed.length ? h("ul", { className: "unread" }, found.noticed.map(against)) : h("p", { className: "muted" }, say("voice_nothing")),
  ];
}

// The text with what rules speak of marked; offsets count characters, not UTF-16 units.
function marked({ text, noticed }) {
  const letters = [...text];
  const parts = [];
  let at = 0;
  for (const { start, end } of noticed.filter((one, place, all) => !all.slice(0, place).some((other) => one.start < other.end))) {
    parts.push(letters.slice(at, start).join(""), h("mark", {}, letters.slice(start, end).join("")));
    at = end;
  }
  return [...parts, letters.slice(at).join("")];
}

function against({ words, rule, instead }) {
  const better = instead.length ? say("voice_instead", { words: listed(instead.map((one) => say("voice_said", { quote: one }))) }) : "";
  return h("li", {}, h("b", {}, words), h("p", {}, [rule.kind_text, rule.text, better].filter(Boolean).join(" · ")));
}
