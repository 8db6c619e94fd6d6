// The conversation: turns as they come, and where the agent writes.
import { post } from "../shared/api.js";
import { askFirst, tell } from "../shared/dialog.js";
import { button, field, fill, h } from "../shared/dom.js";
import { say, shortMoment } from "../shared/words.js";
import { makeComposer } from "./composer.js";

const NEAR_PX = 60;

export function talkView(element, { contact, page, stream }) {
  const turns = new Map();
  const list = h("ol", { className: "turns", tabIndex: 0, "aria-label": say("talk") });
  const below = button(say("newer_below"), () => toEnd(), { className: "below", hidden: true });
  const head = h("div", { className: "row talk-head" });
  const composer = makeComposer(contact, page, stream);
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
