// Giving work to somebody who handles it; they are told.
import { askFirst } from "../shared/dialog.js";
import { choice, field } from "../shared/dom.js";
import { state } from "./state.js";
import { say } from "../shared/words.js";

export function assignTo(owner, act) {
  const names = state.work.keepers.map((one) => [one.name, one.display_name === one.name ? one.name : `${one.display_name} (${one.name})`]);
  const known = names.some(([name]) => name === owner) ? owner : state.me.name;
  const select = choice(names, known);
  askFirst({ title: say("assign"), body: [field(say("owner"), select, say("assign_hint"))], confirm: say("assign"), act: () => act(select.value) });
}
