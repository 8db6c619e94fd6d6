// Who the customer is: found by itself in what is said, or looked for by hand.
import { get, post, problemLine } from "../shared/api.js";
import { button, fill, find, h } from "../shared/dom.js";
import { keep, kept } from "../shared/tab.js";
import { dayText, language, money, number, say } from "../shared/words.js";

const QUIET_MS = 300;
const plain = (order) => order.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();

export function cardView(element, { key, contact, page, stream }) {
  const place = `voz-customer-${key}`; // in this tab alone, so that loading it again changes nothing
  const body = h("div", { className: "who-body", "aria-live": "polite" });
  const box = h("input", { type: "text", id: "customer-search", maxLength: 120, autocomplete: "off", placeholder: say("customer_search"), "aria-label": say("customer_search") });
  const go = h("button", { type: "submit" }, say("search_customer"));
  const form = h("form", { className: "row search", onsubmit: search }, box, go);
  fill(element, h("div", { className: "row" }, h("h2", {}, say("customer"))), form, body);
  let said = "";
  let orders = [];
  let customer = null;
  let counted = 1; // which time this is, as far as the card says
  let closed = false;
  let timer = null;
  let asking = null;

  const remember = () => keep(place, customer ? JSON.stringify({ customer: customer.key, order: page.order()?.number || null }) : null);
  const remembered = () => JSON.parse(kept(place) || "null");

  // ---- finding

  async function look() {
    if (closed) return;
    try {
      const given = await get(`/contacts/${key}/customer?said=${said}`);
      said = given.said;
      orders = given.orders.map(plain);
      if (customer) return chooseSaid();
      if (given.found) drawFound(given.found, true);
    } catch (error) {
      if (error.status === 403) return refuse(error);
      if (!customer) fill(body, problemLine(error, look));
    }
  }

  function refuse(error) {
    closed = true;
    form.hidden = true;
    fill(body, h("p", { className: "muted" }, error.message));
  }

  async function search(event) {
    event?.preventDefault();
    const q = box.value.trim();
    if (!q) return;
    go.disabled = true;
    try {
      drawFound(await get(`/customers?q=${encodeURIComponent(q)}`), false);
    } catch (error) {
      fill(body, problemLine(error));
    } finally {
      go.disabled = false;
    }
  }

  function drawFound(found, byItself) {
    if (found.state === "found" && found.matches.length === 1 && !found.more) return open(found.matches[0].key);
    if (found.state === "found") return drawMatches(found);
    const reason = found.reason ? found.reason[language] : say("nobody");
    const again = byItself ? () => ((said = ""), look()) : () => search();
    if (found.state === "unavailable") return fill(body, problemLine(reason, again));
    return fill(body, h("p", { className: "muted" }, byItself && found.state === "nothing" ? say("nobody_said") : reason));
  }

  function drawMatches(found) {
    fill(
      body,
      h("p", {}, say("which_one")),
      h(
        "ul",
        { className: "matches" },
        found.matches.map((match) => h("li", {}, button([h("b", {}, match.name), h("span", { className: "muted" }, [match.phone, match.mail].filter(Boolean).map((one) => ` · ${one}`))], () => open(match.key)))),
      ),
      found.more ? h("p", { className: "muted" }, say("more_customers")) : null,
    );
  }

  // ---- the card

  async function open(reference, wanted = null) {
    fill(body, h("p", { className: "loading" }, say("loading")));
    let look_;
    try {
      look_ = await get(`/customers/${reference.split("/").map(encodeURIComponent).join("/")}`);
    } catch (error) {
      return fill(body, problemLine(error, () => open(reference, wanted)));
    }
    if (!look_.customer) return fill(body, problemLine(look_.reason?.[language] || say("nobody"), () => open(reference, wanted)));
    customer = look_.customer;
    box.value = "";
    form.hidden = true;
    counted = 1;
    draw();
    page.set("customer", customer);
    link(customer.key);
    const order = customer.orders.find((one) => one.number === wanted);
    if (order) choose(order);
    else chooseSaid();
    remember();
    return countRepeats();
  }

  async function link(reference) {
    if (page.state() !== "open" || contact.customer === reference) return;
    try {
      contact.customer = (await post(`/contacts/${key}/customer`, { customer: reference })).linked;
    } catch (error) {
      console.warn(error.message); // the card is there all the same
    }
  }

  function letGo() {
    customer = null;
    page.set("order", null);
    page.set("customer", null);
    remember();
    form.hidden = false;
    fill(body);
    link(null);
    box.focus();
  }

  function draw() {
    const one = customer;
    const about = [
      one.since ? say("since", { day: dayText(one.since) }) : "",
      one.language ? say(`language_${one.language}`) : "",
      one.address_form ? say(`form_${one.address_form}`) : "",
    ];
    fill(
      body,
      h("div", { className: "row" }, h("h3", { className: "grow" }, one.name), button(say("another_customer"), letGo, { className: "small" })),
      h("p", { className: "muted" }, about.filter(Boolean).join(" · ")),
      h("p", { className: "muted" }, [...one.phones, ...one.mails].join(" · ")),
      h("p", { id: "repeats", className: "repeats", hidden: true }),
      h("h3", {}, say("orders")),
      one.orders.length ? h("div", { className: "orders", role: "radiogroup", "aria-label": say("orders") }, one.orders.map(drawOrder)) : h("p", { className: "muted" }, say("no_orders")),
      one.contacts.length ? [h("h3", {}, say("earlier")), h("ul", { className: "list" }, one.contacts.slice(0, 8).map(drawEarlier))] : null,
      one.problems.length ? h("details", {}, h("summary", {}, say("unreadable", { count: number(one.problems.length) })), one.problems.map((each) => h("p", { className: "muted" }, each.fault[language]))) : null,
      one.cut ? h("p", { className: "muted" }, say("cut")) : null,
    );
  }

  function drawOrder(order) {
    const pick = h("input", { type: "radio", name: "order", value: order.number, checked: page.order()?.number === order.number, onchange: () => choose(order), onclick: () => page.order()?.number === order.number && choose(null) });
    const days = [
      order.ordered ? say("ordered", { day: dayText(order.ordered) }) : "",
      order.delivered ? say("delivered", { day: dayText(order.delivered) }) : "",
    ];
    const shipment = [order.carrier, order.shipment_state, order.tracking].filter(Boolean).join(", ");
    const payment = [order.payment_method, order.payment_state].filter(Boolean).join(", ");
    const total = order.total ? money(order.total, order.currency) : "";
    return h(
      "div",
      {},
      h(
        "label",
        {},
        pick,
        h("span", { className: "order" }, h("b", {}, order.number), " ", h("span", { className: `chip ${order.state || ""}` }, order.state ? say(`order_${order.state}`) : order.state_text || say("order_unknown"))),
        h("span", { className: "order-line" }, order.lines.map((line) => [line.quantity > 1 ? `${line.quantity} × ` : "", line.name || line.code].join("")).join("; ")),
        h("span", { className: "order-line muted" }, [...days, shipment, [total, payment].filter(Boolean).join(", ")].filter(Boolean).join(" · ")),
      ),
    );
  }

  function drawEarlier(one) {
    const head = [one.on ? dayText(one.on) : "", one.channel, one.order_number].filter(Boolean).join(" · ");
    return h("li", {}, h("p", { className: "muted" }, head), h("p", {}, one.summary), one.outcome ? h("p", { className: "muted" }, `→ ${one.outcome}`) : null);
  }

  function choose(order) {
    page.set("order", order);
    for (const pick of element.querySelectorAll("input[name=order]")) pick.checked = pick.value === order?.number;
    remember();
  }

  // The order whose number was said, unless another was chosen.
  function chooseSaid() {
    if (page.order()) return;
    for (const wanted of orders) {
      const order = customer.orders.find((one) => plain(one.number) === wanted);
      if (order) return choose(order);
    }
  }

  // What is said later may tell more of what they come for: the count only ever grows.
  async function countRepeats() {
    if (!customer) return;
    const of = customer.key;
    try {
      const { count, days } = await get(`/contacts/${key}/repeats?customer=${encodeURIComponent(of)}`);
      if (customer?.key !== of || count <= counted) return;
      counted = count;
      const line = find("#repeats", element);
      line.hidden = false;
      line.textContent = say(days > 1 ? "repeats_days" : days ? "repeats_day" : "repeats_today", { time: ordinal(count), days: number(days) });
    } catch (error) {
      console.warn(error.message); // the card is there all the same
    }
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(look, QUIET_MS);
  };
  const ends = [
    stream.on("turn", ({ turn }) => turn.final && turn.speaker === "customer" && later()),
    stream.on("suggestions", () => {
      clearTimeout(asking);
      asking = setTimeout(countRepeats, QUIET_MS);
    }),
  ];
  const before = remembered();
  if (before) open(before.customer, before.order);
  else if (contact.customer && !contact.customer.startsWith("sha256-")) open(contact.customer);
  else fill(body, h("p", { className: "muted" }, say("not_said_yet")));
  return {
    search: () => {
      form.hidden = closed;
      box.focus();
    },
    end: () => (clearTimeout(timer), clearTimeout(asking), ends.forEach((end) => end())),
  };
}

const rules = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS = { one: "st", two: "nd", few: "rd", other: "th" };

function ordinal(count) {
  return language === "es" ? `${count}.ª` : `${count}${ENDINGS[rules.select(count)]}`;
}
