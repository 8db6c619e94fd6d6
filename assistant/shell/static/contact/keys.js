// Keys of the whole page, and the list of them.
import { show } from "../shared/dialog.js";
import { find, h } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { closePassage } from "./passage.js";

const KEYS = [
  ["F2", "key_speaker"],
  ["Enter", "key_send"],
  ["F4", "key_suggestions"],
  ["C · R · O", "key_use"],
  ["P · X", "key_pin"],
  ["V", "key_voice"],
  ["U · E · A · M", "key_vote"],
  ["F8", "key_ask"],
  ["F9", "key_customer"],
  ["F7", "key_company"],
  ["?", "key_keys"],
  ["Esc", "key_close"],
];

const typing = (target) => target.matches?.("input, textarea, select, [contenteditable]");

export function showKeys() {
  const rows = KEYS.map(([key, told]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, say(told))]);
  show(say("keys"), h("dl", { className: "key-list" }, rows));
}

const pageKeys = (open) => ({
  F2: open.talk.swap,
  F4: open.help.focus,
  F8: open.help.ask,
  F9: open.card.search,
});

export function bindKeys(opened) {
  find("#keys").addEventListener("click", showKeys);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing || find("dialog[open]")) return;
    const act = opened() && pageKeys(opened())[event.key];
    if (act) {
      event.preventDefault();
      act();
    } else if (event.key === "Escape") {
      closePassage();
    } else if (event.key === "?" && !event.altKey && !typing(event.target)) {
      event.preventDefault();
      showKeys();
    }
  });
}
