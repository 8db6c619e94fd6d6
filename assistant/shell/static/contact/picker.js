// The agent's open contacts, newest first, and a new one.
import { get, post, problemLine } from "../shared/api.js";
import { askFirst } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { say, shortMoment } from "../shared/words.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15000;
const CHANNELS = ["call", "chat", "mail", "social"];

export function openPicker(element, { open }) {
  const list = h("ul", { className: "contacts" });
  const trouble = h("div");
  let known = [];
  let drawn = "";
  let waited = 0;
  fill(
    element,
    h("div", { className: "row" }, h("h2", {}, say("contacts")), button(say("new_contact"), () => newContact(chosen), { id: "new-contact" })),
    trouble,
    list,
  );

  const current = () => location.hash.slice(1);

  async function chosen(key) {
    await open(key);
    draw();
  }

  function take(contacts) {
    known = contacts;
    draw();
  }

  function draw() {
    const now = JSON.stringify([current(), known.map((one) => one.key)]);
    if (now === drawn) return;
    drawn = now;
    const focused = document.activeElement?.dataset?.contact;
    fill(list, known.map(row), known.length ? null : h("li", { className: "muted" }, say("no_contacts")));
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

  // The list comes by itself; where it cannot, what is wrong is found out by asking for it.
  function connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/v1/contacts/events`);
    socket.onmessage = (message) => {
      waited = 0;
      fill(trouble);
      take(JSON.parse(message.data).contacts);
    };
    socket.onclose = () => {
      waited = Math.min(LONGEST_WAIT_MS, waited ? waited * 2 : FIRST_WAIT_MS);
      setTimeout(ask, waited * (0.75 + Math.random() / 2));
    };
  }

  async function ask() {
    try {
      take((await get("/contacts?state=open&mine=true&limit=50")).contacts);
      connect();
    } catch (error) {
      if (error.status === 0 || error.status === 503) return setTimeout(ask, LONGEST_WAIT_MS);
      fill(trouble, problemLine(error, ask)); // asking again and again is of no use
    }
    return undefined;
  }

  connect();
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
      const { key } = await post("/contacts", given);
      setTimeout(() => chosen(key)); // once the dialog has given the focus back
    },
  });
}

// randomUUID is for secure pages alone; this page may be served within a company without TLS.
export function madeUp() {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
