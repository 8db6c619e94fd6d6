// The agent's open contacts, newest first, and a new one.
import { get, post, problemLine } from "../shared/api.js";
import { askFirst } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { say, shortMoment } from "../shared/words.js";

const EVERY_MS = 5000;
const CHANNELS = ["call", "chat", "mail", "social"];

export function openPicker(element, { open }) {
  const list = h("ul", { className: "contacts" });
  const trouble = h("div");
  let drawn = "";
  fill(
    element,
    h("div", { className: "row" }, h("h2", {}, say("contacts")), button(say("new_contact"), () => newContact(chosen), { id: "new-contact" })),
    trouble,
    list,
  );

  const current = () => location.hash.slice(1);

  async function chosen(key) {
    await open(key);
    await load();
  }

  async function load() {
    let contacts;
    try {
      contacts = (await get("/contacts?state=open&mine=true&limit=50")).contacts;
      fill(trouble);
    } catch (error) {
      if (!list.children.length) fill(trouble, problemLine(error, load));
      return;
    }
    const now = JSON.stringify([current(), contacts.map((one) => [one.key, one.turns])]);
    if (now === drawn) return;
    drawn = now;
    const focused = document.activeElement?.dataset?.contact;
    fill(list, contacts.map(row), contacts.length ? null : h("li", { className: "muted" }, say("no_contacts")));
    if (focused) list.querySelector(`[data-contact="${CSS.escape(focused)}"]`)?.focus();
  }

  function row(contact) {
    const pressed = contact.key === current() ? "true" : undefined;
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", "data-contact": contact.key, "aria-current": pressed, onclick: () => chosen(contact.key) },
        h("span", { className: `channel ${contact.channel}` }, say(`channel_${contact.channel}`)),
        h("span", { className: "reference" }, contact.reference || "—"),
        h("span", { className: "muted" }, shortMoment(contact.opened_at)),
      ),
    );
  }

  load();
  const timer = setInterval(() => document.hidden || load(), EVERY_MS);
  return { load, end: () => clearInterval(timer) };
}

export function newContact(chosen) {
  const channel = choice(CHANNELS.map((one) => [one, say(`channel_${one}`)]), "call");
  const reference = h("input", { type: "text", maxLength: 200, autocomplete: "off" });
  askFirst({
    title: say("new_contact"),
    body: [field(say("channel"), channel), field(say("reference"), reference, say("reference_hint"))],
    confirm: say("open_contact"),
    act: async () => {
      const given = { channel: channel.value, reference: reference.value.trim() || madeUp() };
      await chosen((await post("/contacts", given)).key);
    },
  });
}

// randomUUID is for secure pages alone; this page may be served within a company without TLS.
export function madeUp() {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
