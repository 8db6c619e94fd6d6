// Who the customer is.
import { fill, h } from "../shared/dom.js";
import { say } from "../shared/words.js";

export function cardView(element) {
  fill(element, h("h2", {}, say("customer")));
  return { end: () => undefined };
}
