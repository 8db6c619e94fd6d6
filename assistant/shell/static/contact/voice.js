// How suggestions and answers are shown: as they are said, as they are written, or in the words of
// their source. The choice is the agents' page's too.
import { h } from "../shared/dom.js";
import { say } from "../shared/words.js";

const MODES = ["say", "write", "literal"];
const KEPT = "voz-voice";
const handlers = new Set();
let chosen = kept() || "say";

function kept() {
  try {
    const found = localStorage.getItem(KEPT);
    return MODES.includes(found) ? found : null;
  } catch {
    return null; // the browser keeps nothing
  }
}

// Until one is chosen, what fits the contact.
export function startWith(channel) {
  if (!kept()) chosen = channel === "call" ? "say" : "write";
}

function choose(mode) {
  chosen = mode;
  try {
    localStorage.setItem(KEPT, mode);
  } catch {
    // chosen for this page alone
  }
  handlers.forEach((handler) => handler());
}

export const nextMode = () => choose(MODES[(MODES.indexOf(chosen) + 1) % MODES.length]);

export function onMode(handler) {
  handlers.add(handler);
  return () => handlers.delete(handler);
}

export const saidIn = (statement) => statement.focus || statement.text;

// The words to say or write; the source's own where they are asked for, or nothing else is there.
export const told = (statement, voiced) => voiced?.[chosen] || saidIn(statement);

export function voiceSwitch() {
  const buttons = MODES.map((mode) => h("button", { type: "button", onclick: () => choose(mode), "data-mode": mode }, say(`voice_${mode}`)));
  const element = h("div", { className: "voices", role: "group", "aria-label": say("voice"), hidden: true }, buttons);
  const draw = () => buttons.forEach((button) => button.setAttribute("aria-pressed", button.dataset.mode === chosen));
  draw();
  return { element, end: onMode(draw) };
}
