// The agent's page: a contact's conversation, what to say in it, the customer, and panels.
//
// A panel is a module of this folder that exports `mount(element, context)`, with its name in
// `PANELS` below, its title in page_texts.py as `panel_NAME`, and, where it needs one, a style sheet
// NAME.css here, which the page then loads by itself. What has no module has no place on the page.
//
// `mount` is called whenever a contact is opened, before its first event, with an empty element to
// fill, which scrolls by itself. It may return a function, called before another contact takes its
// place. The context:
//
//   key, contact         of the contact; `contact` as GET /v1/contacts/{key} gives it
//   account              name of whoever is signed in, as people read it
//   language, say(key, values)             "es" or "en"; texts are in page_texts.py
//   api.get(path), api.post(path, body), api.patch(path, body), api.remove(path)
//                        paths below /v1; what goes wrong is a `Problem` whose `message` is for people
//                        (`problemLine(problem)` of ../shared/api.js shows it)
//   stream.on(kind, handler)    handler(event) for each event of that kind, the old ones first, each
//                        once, also after a lost connection; kinds and bodies: docs/contacts.md
//   page.on(what, handler)      what happens on the page; handler(detail):
//                        "customer" - the customer was found or let go: {key, name, …} or null
//                        "order"    - an order was chosen: {number, delivered, …} or null
//                        "state"    - of the contact: "open" or "ended"
//   page.customer(), page.order(), page.state()    as they are now
//   reply(text)          puts a text where the agent writes
//   tell(line)           a line that goes away by itself
//   announce(line)       said by screen readers, politely
//   badge(text)          beside the panel's title; "" takes it away
//   show()               brings the panel to the front
//
// Elements come from ../shared/dom.js (`h`, `button`, `field`, …), which writes text as text; styles
// that panels share are at the end of contact.css.
import { get, patch, post, problemLine, remove } from "../shared/api.js";
import { tell } from "../shared/dialog.js";
import { fill, find, h } from "../shared/dom.js";
import { language, say } from "../shared/words.js";
import { cardView } from "./card.js";
import { helpView } from "./help.js";
import { bindKeys } from "./keys.js";
import { closePassage } from "./passage.js";
import { openPicker } from "./picker.js";
import { openStream } from "./stream.js";
import { announce, makePage } from "./state.js";
import { talkView } from "./talk.js";
import { slotsView } from "./slots.js";
import { offeredView } from "./transfer.js";

const PANELS = ["steps", "commitments", "escalation", "summary"];

const there = new Set(document.body.dataset.modules.split(" "));
const modules = [];
let open = null;

async function loadPanels() {
  for (const name of PANELS.filter((one) => there.has(`${one}.js`))) {
    modules.push({ name, mount: (await import(`./${name}.js`)).mount });
  }
}

function contextOf(contact, page, stream, reply) {
  return {
    key: contact.key,
    contact,
    account: document.body.dataset.account,
    language,
    say,
    api: { get, post, patch, remove },
    stream: { on: stream.on },
    page: { on: page.on, customer: page.customer, order: page.order, state: page.state },
    reply,
    tell,
    announce,
  };
}

function closeContact() {
  if (!open) return;
  open.stream.close();
  open.ends.forEach((end) => typeof end === "function" && end());
  open = null;
}

export async function openContact(key) {
  closeContact();
  history.replaceState(null, "", key ? `#${key}` : location.pathname + location.search);
  fill(find("#connection"));
  closePassage();
  if (!key) return drawNothing();
  find("#view").classList.remove("idle");
  fill(find("#conversation"), h("p", { className: "loading" }, say("loading")));
  let given;
  try {
    given = await get(`/contacts/${key}?limit=1`);
  } catch (error) {
    drawNothing();
    return fill(find("#conversation"), problemLine(error, error.status === 404 ? null : () => openContact(key)));
  }
  const page = makePage(given.contact);
  const stream = openStream(key, page);
  const talk = talkView(find("#conversation"), { contact: given.contact, page, stream });
  const context = contextOf(given.contact, page, stream, talk.reply);
  const help = helpView(find("#help"), { ...context, page, talk });
  const card = cardView(find("#card"), { ...context, page });
  open = { stream, page, talk, help, card, ends: [talk.end, help.end, card.end, ...slotsView(find("#slots"), modules, context)] };
  stream.start();
  return talk.focus();
}

function drawNothing() {
  find("#view").classList.add("idle");
  fill(find("#conversation"), h("div", { className: "empty" }, h("h2", {}, say("none_open")), h("p", {}, say("none_open_hint"))));
  fill(find("#help"));
  fill(find("#card"));
  fill(find("#slots"));
}

async function start() {
  fill(find("#talk"), h("div", { id: "picker" }), h("div", { id: "offered" }), h("div", { id: "conversation" }));
  fill(find("#side"), h("div", { id: "card" }), h("div", { id: "slots" }));
  try {
    await loadPanels();
  } catch (error) {
    console.error(error); // a panel that cannot be loaded keeps nobody from talking
  }
  openPicker(find("#picker"), { open: openContact });
  offeredView(find("#offered"), { open: openContact });
  bindKeys(() => open);
  await openContact(/^#[0-9a-z]{1,64}$/.test(location.hash) ? location.hash.slice(1) : "");
}

find("#tongue").addEventListener("click", (event) => (event.currentTarget.hash = location.hash));
find("#sign-out").addEventListener("click", async () => {
  await fetch("/logout", { method: "POST" });
  location.assign("/login?next=/contact");
});
start();
