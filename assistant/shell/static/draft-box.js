// The agents' page draws itself after it has loaded: the box of drafts goes in when its place is there.
import { draftBox } from "./shared/drafts.js";

function asked() {
  const answer = document.querySelector("#answer-body");
  return (answer && answer.dataset.asked) || "";
}

function mount() {
  const place = document.querySelector("#draft-box");
  if (!place || place.childElementCount) return;
  draftBox(place, asked);
}

new MutationObserver(mount).observe(document.documentElement, { subtree: true, childList: true });
mount();
