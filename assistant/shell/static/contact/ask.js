// Any question, in the context of this contact.
import { post, problemLine } from "../shared/api.js";
import { button, fill, h } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { copy, factLines, flags, smallButton, sourceButton, wording } from "./statement.js";
import { onMode, told } from "./voice.js";

const MAX_HISTORY = 20;

const WRITTEN = { call: "chat", chat: "chat", mail: "email", social: "social" }; // as voice guides name them

export function askView(element, { page, stream, talk, contact }) {
  const written = WRITTEN[contact.channel] || "chat";
  const said = new Map();
  const answer = h("div", { className: "answer", hidden: true, tabIndex: -1 });
  const box = h("input", { type: "text", id: "question", maxLength: 4000, autocomplete: "off", placeholder: say("ask_placeholder"), "aria-label": say("ask_placeholder") });
  const go = h("button", { type: "submit" }, say("ask"), " ", h("kbd", {}, "F8"));
  fill(element, answer, h("form", { className: "row", onsubmit: submit }, box, go));
  let redraw = [];
  const ends = [onMode(() => redraw.forEach((draw) => draw())), stream.on("turn", ({ turn }) => turn.final && turn.text && said.set(turn.number, turn))];
  const end = () => ends.forEach((one) => one());

  function close() {
    answer.hidden = true;
    box.focus();
  }

  async function submit(event) {
    event.preventDefault();
    const question = box.value.trim();
    if (!question || go.disabled) return;
    go.disabled = true;
    answer.hidden = false;
    fill(answer, h("p", { className: "muted", role: "status" }, say("searching")));
    const order = page.order();
    const known = { ...(order?.ordered ? { purchased: order.ordered } : {}), ...(order?.delivered ? { delivered: order.delivered } : {}) };
    const turns = [...said.values()].sort((one, other) => one.number - other.number).slice(-MAX_HISTORY);
    const history = turns.map((turn) => ({ role: turn.speaker, text: turn.text.slice(0, 8000) }));
    try {
      const found = await post("/ask", { question, history, channels: ["phone", written], ...(Object.keys(known).length ? { case: known } : {}) });
      fill(answer, drawn(found));
      answer.scrollTop = 0;
    } catch (error) {
      fill(answer, problemLine(error, () => submit(event)));
    } finally {
      go.disabled = false;
    }
  }

  // How each statement is said and written; what is not told to customers has neither.
  function voicedIn(found) {
    const place = ({ citations: [cited] }) => `${cited.document} ${cited.start} ${cited.end}`;
    const wordsOn = (channel, statement) => {
      const told = found.voice.find((one) => one.channel === channel)?.statements || [];
      return told.find((one) => place(one) === place(statement))?.text;
    };
    return new Map(found.statements.map((one) => [one, { say: wordsOn("phone", one), write: wordsOn(written, one) }]));
  }

  function drawn(found) {
    redraw = [];
    const top = h("div", { className: "row" }, h("b", { className: "grow" }, found.question), button(say("close"), close, { className: "small" }));
    const verdict = h("p", { className: `verdict ${found.verdict}`, role: "status" }, say(`verdict_${found.verdict}`));
    if (!found.statements.length) {
      return [top, verdict, found.nearest.map((citation) => h("div", { className: "told" }, h("q", { lang: citation.language }, citation.quote), sourceButton(citation)))];
    }
    const voices = voicedIn(found);
    const statements = found.statements.map((statement, place) => {
      const voiced = voices.get(statement);
      const words = h("div", {}, wording(statement, voiced));
      redraw.push(() => fill(words, wording(statement, voiced)));
      return h(
        "div",
        { className: "told" },
        flags(statement),
        words,
        statement.citations.map((citation) => sourceButton(citation)),
        factLines((found.case_facts || []).filter((fact) => fact.statement === place + 1), statement),
        h(
          "div",
          { className: "row" },
          smallButton(say("copy"), () => copy(told(statement, voiced), { internal: statement.internal })),
          statement.internal ? null : smallButton(say("to_reply"), () => talk.reply(told(statement, voiced)), { className: "while-open" }),
        ),
      );
    });
    return [top, verdict, statements];
  }

  return { focus: () => box.focus(), close, end };
}
