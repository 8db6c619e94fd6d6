// What is so on the page about the open contact, and who wants to hear of it.
import { find } from "../shared/dom.js";

export function makePage(contact) {
  const handlers = new Map();
  const now = { customer: null, order: null, state: contact.state };
  const on = (what, handler) => {
    if (!handlers.has(what)) handlers.set(what, new Set());
    handlers.get(what).add(handler);
    return () => handlers.get(what).delete(handler);
  };
  const set = (what, detail) => {
    if (now[what] === detail) return;
    now[what] = detail;
    told(handlers.get(what), detail);
  };
  return { on, set, customer: () => now.customer, order: () => now.order, state: () => now.state };
}

// One that fails keeps the others from nothing.
export function told(handlers, detail) {
  for (const handler of handlers || []) {
    try {
      handler(detail);
    } catch (error) {
      console.error(error);
    }
  }
}

export function announce(line) {
  find("#news").textContent = "";
  requestAnimationFrame(() => (find("#news").textContent = line));
}
