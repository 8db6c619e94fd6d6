// Keys of the whole page, and the list of them.
import { show } from "../shared/dialog.js";
import { find, h } from "../shared/dom.js";
import { say } from "../shared/words.js";

const KEYS = [
  ["F2", "key_speaker"],
  ["Enter", "key_send"],
  ["F4", "key_ask"],
  ["?", "key_keys"],
  ["Esc", "key_close"],
];

const typing = (target) => target.matches?.("input, textarea, select, [contenteditable]");

export function showKeys() {
  const rows = KEYS.map(([key, told]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, say(told))]);
  show(say("keys"), h("dl", { className: "key-list" }, rows));
}

export function bindKeys(opened) {
  find("#keys").addEventListener("click", showKeys);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing || find("dialog[open]")) return;
    if (event.key === "F2" && opened()) {
      event.preventDefault();
      opened().talk.swap();
    } else if (event.key === "?" && !event.altKey && !typing(event.target)) {
      event.preventDefault();
      showKeys();
    }
  });
}
