// What a gate says, as the managers' page and that of evaluations show it.
import { h } from "./dom.js";
import { number, say } from "./words.js";

const weightChip = (weight) => h("span", { className: `chip weight-${weight}` }, say(`weight_${weight}`));
export const flipChip = (flip) => h("span", { className: `chip flip-${flip}` }, say(`flip_${flip}`));
export const criticalChip = () => h("span", { className: "chip weight-block" }, say("critical"));

export const sentence = (verdict, line) =>
  h("p", {}, h("span", { className: `chip gate-${verdict}` }, say(`verdict_${verdict}`)), " ", h("strong", {}, line));

// `link` makes an element of a case's id, where there is something to open.
export function findings(found, link = null, open = false) {
  if (!found.length) return null;
  const lines = found.map((one) => h("li", {}, weightChip(one.weight), " ", one.says, link ? one.cases.slice(0, 12).map((id) => [" ", link(id)]) : null));
  return h("details", { open }, h("summary", {}, say("check_findings", { count: number(found.length) })), h("ul", { className: "found-list" }, lines));
}
