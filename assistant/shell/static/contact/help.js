// What to say: filled by suggestions.
import { fill, h } from "../shared/dom.js";
import { say } from "../shared/words.js";

export function helpView(element) {
  fill(element, h("h2", {}, say("help")));
  return { end: () => undefined };
}
