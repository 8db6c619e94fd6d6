// What is wrong with a golden set, line by line.
import { h } from "../shared/dom.js";
import { number, say } from "../shared/words.js";

export function faultList({ faults, count }) {
  const more = count > faults.length ? h("p", {}, say("faults_more", { count: number(count - faults.length) })) : null;
  return [h("ol", { className: "fault-list", tabIndex: 0, "aria-label": say("faults_list") }, faults.map((line) => h("li", {}, line))), more];
}
