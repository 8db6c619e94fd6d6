// The conversation: turns as they come, and where the agent writes.
import { post, problemLine } from "../shared/api.js";
import { askFirst, tell } from "../shared/dialog.js";
import { button, field, fill, h } from "../shared/dom.js";
import { say, shortMoment } from "../shared/words.js";
import { madeUp } from "./picker.js";

const NEAR_PX = 60;

export function talkView(element, { contact, page, stream }) {
  const turns = new Map();
  const list = h("ol", { className: "turns", tabIndex: 0, "aria-label": say("talk") });
  const below = button(say("newer_below"), () => toEnd(), { className: "below", hidden: true });
  const head = h("div", { className: "row talk-head" });
  const composer = makeComposer(contact.key, page);
  fill(element, head, h("div", { className: "turns-frame" }, list, below), composer.element);
  list.addEventListener("scroll", () => (below.hidden ||= atEnd()));

  const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
  function toEnd() {
    list.scrollTop = list.scrollHeight;
    below.hidden = true;
  }

  // What is read stays where it is: only who is at the end follows it.
  function take({ turn }) {
    const follows = atEnd();
    const known = turns.get(turn.number);
    const drawn = drawTurn(turn);
    if (known) known.replaceWith(drawn);
    else list.insertBefore(drawn, turns.get(nextOf(turn.number)) || null);
    turns.set(turn.number, drawn);
    if (follows) toEnd();
    else if (!known) below.hidden = false;
  }
  const nextOf = (number) => Math.min(...[...turns.keys()].filter((one) => one > number));

  function drawHead() {
    const ended = page.state() === "ended";
    fill(
      head,
      h("h2", {}, say(`channel_${contact.channel}`), " ", h("span", { className: "muted" }, contact.reference || "")),
      ended ? h("span", { className: "chip" }, say("contact_ended")) : null,
      ended ? null : button(say("paste"), () => pasteTranscript(contact.key), { id: "paste" }),
      ended ? null : button(say("end_contact"), () => endContact(contact.key), { id: "end-contact" }),
    );
    composer.element.hidden = ended;
  }

  drawHead();
  page.on("state", drawHead);
  stream.on("turn", take);
  return {
    reply: composer.reply,
    focus: composer.focus,
    swap: composer.swap,
    onSent: composer.onSent,
    end: () => undefined,
  };
}

function drawTurn(turn) {
  const words = turn.text === null ? h("em", { className: "muted" }, say("erased")) : turn.text;
  const state = turn.final ? "" : " partial";
  return h(
    "li",
    { className: `turn ${turn.speaker}${state}`, "data-turn": turn.number },
    h("span", { className: "speaker" }, say(`speaker_${turn.speaker}`), " ", h("time", { dateTime: turn.at }, shortMoment(turn.at))),
    h("p", {}, words, turn.final ? null : " …"),
    turn.earlier.length ? h("p", { className: "hint" }, say("corrected", { before: turn.earlier.at(-1) })) : null,
  );
}

function makeComposer(key, page) {
  let speaker = "agent";
  let utterance = null; // of a turn that may not have arrived: sent again, it is the same one
  const sentHandlers = [];
  const box = h("textarea", { id: "reply", rows: 2, maxLength: 8000, onkeydown: pressed, oninput: () => (utterance = null) });
  const who = button("", swap, { id: "speaker" });
  const problem = h("div");
  const send = h("button", { type: "submit", className: "primary" }, say("send"));
  const form = h("form", { className: "composer", onsubmit: submit }, h("div", { className: "row" }, who, h("span", { className: "hint" }, say("composer_hint"))), h("div", { className: "row" }, box, send), problem);

  function drawSpeaker() {
    fill(who, say(`speaker_${speaker}`), " ", h("kbd", {}, "F2"));
    who.setAttribute("aria-label", say("speaker_swap", { speaker: say(`speaker_${speaker}`) }));
    box.setAttribute("aria-label", say(`write_${speaker}`));
    box.placeholder = say(`write_${speaker}`);
    form.dataset.speaker = speaker;
  }

  // One key: to where the agent writes, and from there to what the other one says.
  function swap() {
    if (document.activeElement !== box && document.activeElement !== who) return box.focus();
    speaker = speaker === "agent" ? "customer" : "agent";
    drawSpeaker();
    return box.focus();
  }

  function pressed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  }

  async function submit(event) {
    event.preventDefault();
    const text = box.value.trim();
    if (!text || send.disabled) return;
    utterance ||= `typed-${madeUp()}`;
    const said = speaker;
    send.disabled = true;
    try {
      await post(`/contacts/${key}/turns`, { turns: [{ utterance, speaker: said, text }] });
      if (box.value.trim() === text) box.value = "";
      utterance = null;
      fill(problem);
      if (said === "agent") sentHandlers.forEach((handler) => handler(text));
    } catch (error) {
      fill(problem, problemLine(error));
    } finally {
      send.disabled = false;
    }
  }

  drawSpeaker();
  return {
    element: form,
    swap,
    focus: () => page.state() === "open" && box.focus({ preventScroll: true }),
    onSent: (handler) => sentHandlers.push(handler),
    reply: (text) => {
      speaker = "agent";
      drawSpeaker();
      box.value = box.value.trim() ? `${box.value.trimEnd()}\n${text}` : text;
      utterance = null;
      box.focus();
    },
  };
}

function endContact(key) {
  askFirst({
    title: say("end_contact_title"),
    body: [h("p", {}, say("end_contact_hint"))],
    confirm: say("end_contact"),
    danger: true,
    act: () => post(`/contacts/${key}/end`),
  });
}

function pasteTranscript(key) {
  const box = h("textarea", { rows: 12, maxLength: 400000, placeholder: say("paste_example") });
  askFirst({
    title: say("paste_title"),
    body: [field(say("paste_label"), box, say("paste_hint"))],
    confirm: say("paste_add"),
    act: async () => {
      const { acknowledged } = await post(`/contacts/${key}/transcript`, { text: box.value });
      tell(say("pasted", { count: acknowledged.filter((one) => one.outcome !== "known").length }));
    },
  });
}
