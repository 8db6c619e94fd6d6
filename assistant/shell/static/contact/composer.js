// Where the agent writes. What was written goes out in its order while the next is being typed; what
// does not arrive stays, and goes out again with the connection.
import { post, problemLine } from "../shared/api.js";
import { button, fill, h } from "../shared/dom.js";
import { draftCheck } from "../shared/drafts.js";
import { say } from "../shared/words.js";
import { madeUp } from "./picker.js";

const WRITTEN = ["chat", "mail", "social"];

export function makeComposer(contact, page, stream) {
  const { key } = contact;
  let speaker = "agent";
  const sentHandlers = [];
  const outgoing = makeOutgoing(key, take, ({ speaker: said, text }) => said === "agent" && sentHandlers.forEach((handler) => handler(text)));
  const box = h("textarea", { id: "reply", rows: 2, maxLength: 8000, onkeydown: pressed });
  const who = button("", swap, { id: "speaker" });
  const send = h("button", { type: "submit", className: "primary" }, say("send"));
  // Checked is what the agent writes to be read; what is typed of a call is only noted down
  const around = () => (speaker === "agent" && WRITTEN.includes(contact.channel) ? { contact: key, ...customerOf(page) } : null);
  const form = h("form", { className: "composer", onsubmit: submit }, outgoing.element, h("div", { className: "row" }, who, h("span", { className: "hint" }, say("composer_hint"))), h("div", { className: "row" }, box, send));

  const draft = draftCheck(box, around);
  form.append(draft.below);

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
    draft.changed();
    return box.focus();
  }

  function pressed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  }

  function submit(event) {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    draft.changed();
    outgoing.add(speaker, text);
  }

  // Into the box, after what is already there.
  function take(said, text) {
    speaker = said;
    drawSpeaker();
    box.value = box.value.trim() ? `${box.value.trimEnd()}\n${text}` : text;
    draft.changed();
    box.focus();
  }

  drawSpeaker();
  stream.on("connected", outgoing.send);
  stream.on("turn", ({ turn }) => outgoing.arrived(turn.utterance));
  return {
    element: form,
    swap,
    focus: () => page.state() === "open" && box.focus({ preventScroll: true }),
    onSent: (handler) => sentHandlers.push(handler),
    reply: (text) => take("agent", text),
  };
}

// What the page knows of the customer and may be told to them.
function customerOf(page) {
  const customer = page.customer();
  const order = page.order();
  const known = [customer && customer.name, ...((customer && customer.phones) || []), ...((customer && customer.mails) || []), order && order.number];
  const days = order ? { purchased: order.ordered, delivered: order.delivered } : {};
  const given = Object.fromEntries(Object.entries(days).filter(([, day]) => day));
  return { known: known.filter(Boolean), case: Object.keys(given).length ? given : null };
}

function makeOutgoing(key, take, sent) {
  const waiting = [];
  let sending = false;
  const list = h("ol", { className: "outgoing" });
  const problem = h("div");
  const element = h("div", {}, list, problem);

  function add(speaker, text) {
    const shown = h("li", { className: `turn ${speaker} partial` }, h("p", {}, text));
    list.append(shown);
    // Sent again, it is the same utterance: it may have arrived
    waiting.push({ utterance: `typed-${madeUp()}`, speaker, text, shown });
    send();
  }

  async function send() {
    if (sending || !waiting.length) return;
    sending = true;
    fill(problem);
    try {
      while (waiting.length) {
        const [first] = waiting;
        const { utterance, speaker, text } = first;
        await post(`/contacts/${key}/turns`, { turns: [{ utterance, speaker, text }] }).catch((error) => {
          if (!first.arrived) throw error;
        });
        sent(takeOut());
      }
    } catch (error) {
      const line = problemLine(error, send);
      line.append(" ", button(say("unsent_edit"), edit));
      fill(problem, line);
    } finally {
      sending = false;
    }
  }

  // The stream may be quicker than the reply: what it has brought is not shown as waiting too.
  function arrived(utterance) {
    const one = waiting.find((line) => line.utterance === utterance);
    if (!one) return;
    one.arrived = true;
    one.shown.remove();
    send();
  }

  function takeOut() {
    const first = waiting.shift();
    first.shown.remove();
    return first;
  }

  function edit() {
    const { speaker, text } = takeOut();
    fill(problem);
    take(speaker, text);
    send();
  }

  return { element, add, send, arrived };
}
