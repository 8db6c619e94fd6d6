// The panels below the card: one is in front, the others are a key away.
import { fill, h } from "../shared/dom.js";
import { say } from "../shared/words.js";

let front = "";

// Mount what there is; returns what is to be called when the contact is left.
export function slotsView(element, modules, context) {
  if (!modules.length) {
    fill(element);
    return [];
  }
  const slots = modules.map(({ name }) => {
    const badge = h("span", { className: "badge", hidden: true });
    const tab = h(
      "button",
      { type: "button", id: `tab-${name}`, role: "tab", "aria-controls": `panel-${name}`, onclick: () => choose(name) },
      say(`panel_${name}`), " ", badge,
    );
    const panel = h("section", { id: `panel-${name}`, className: "panel", role: "tabpanel", tabIndex: 0, "aria-labelledby": tab.id });
    return { name, tab, panel, badge };
  });

  function choose(name) {
    front = name;
    for (const slot of slots) {
      const chosen = slot.name === name;
      slot.tab.setAttribute("aria-selected", chosen);
      slot.tab.tabIndex = chosen ? 0 : -1;
      slot.panel.hidden = !chosen;
    }
  }

  function move(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = slots.findIndex((slot) => slot.name === front);
    const next = slots[(at + by + slots.length) % slots.length];
    choose(next.name);
    next.tab.focus();
  }

  fill(
    element,
    h("div", { className: "tabs", role: "tablist", "aria-label": say("panels"), onkeydown: move }, slots.map((slot) => slot.tab)),
    slots.map((slot) => slot.panel),
  );
  choose(slots.some((slot) => slot.name === front) ? front : slots[0].name);
  return slots.map((slot, at) => {
    const badge = (text) => {
      slot.badge.hidden = text === "" || text === undefined || text === null;
      slot.badge.textContent = slot.badge.hidden ? "" : text;
    };
    try {
      return modules[at].mount(slot.panel, { ...context, badge, show: () => choose(slot.name) });
    } catch (error) {
      console.error(error); // one that fails leaves the others alone
      fill(slot.panel, h("p", { className: "problem" }, say("failed_load")));
      return undefined;
    }
  });
}
