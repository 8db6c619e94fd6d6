// What this customer is owed: promises and complaints, those heard in this contact still to confirm.
import { problemLine } from "../shared/api.js";
import { askFirst } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { dayText, momentText, say } from "../shared/words.js";

const WHATS = ["call_back", "refund", "replace", "repair", "deliver", "send_document", "answer", "other"];
const OUTCOMES = ["kept", "broken", "closed"];
const PENDING = ["proposed", "open"];
const LOOK_AGAIN_MS = 1500;

export function mount(element, context) {
  const { api, key: contact, page, stream } = context;
  const problem = h("div");
  const offers = h("div");
  const list = h("ul", { className: "list commitments", "aria-label": say("panel_commitments") });
  const hidden = new Set();
  let suggested = [];
  let asked = 0;
  let left = false;

  fill(
    element,
    problem,
    offers,
    list,
    h(
      "p",
      { className: "commitment-buttons" },
      button(say("commitments_complain"), () => openOne({ kind: "complaint" })),
      button(say("commitments_promise"), () => openOne({ kind: "promise" })),
    ),
    h("p", { className: "hint" }, say("commitments_keys")),
  );

  async function load() {
    const mine = ++asked;
    const customer = page.customer()?.key;
    try {
      const [here, owed] = await Promise.all([
        api.get(`/commitments?contact=${contact}&pending=true&limit=100`),
        customer ? api.get(`/commitments/owed?customer=${encodeURIComponent(customer)}`) : { commitments: [] },
      ]);
      if (left || mine !== asked) return;
      fill(problem);
      draw(merged(here.commitments, owed.commitments));
    } catch (error) {
      if (!left && mine === asked) fill(problem, problemLine(error, load));
    }
  }

  function draw(items) {
    const focused = list.contains(document.activeElement) ? document.activeElement.closest("li").dataset.key : null;
    fill(list, items.map(line));
    if (!items.length) fill(list, h("li", { className: "hint" }, say("commitments_none")));
    if (focused) (list.querySelector(`[data-key="${focused}"]`) || list.firstElementChild)?.focus();
    const late = items.filter((one) => one.overdue).length;
    context.badge(items.length ? (late ? say("commitments_late_badge", { late, all: items.length }) : `${items.length}`) : "");
  }

  function line(one) {
    const acts = one.whole ? actsOf(one) : [];
    const due = one.due_at ? momentText(one.due_at) : one.due ? dayText(one.due) : say("commitments_no_day");
    return h(
      "li",
      { tabIndex: 0, "data-key": one.key, onkeydown: (event) => pressed(event, acts) },
      h(
        "p",
        { className: "row" },
        h("strong", {}, say("commitments_title", { kind: say(`commitments_kind_${one.kind}`), what: say(`commitments_what_${one.what}`) })),
        h("span", { className: one.overdue ? "late" : "due" }, one.overdue ? say("commitments_overdue", { due }) : due),
        h("span", { className: "chip" }, say(`commitments_state_${one.state}`)),
      ),
      one.whole ? one.words && h("p", {}, `«${one.words}»`) : h("p", { className: "hint" }, say("commitments_elsewhere")),
      h(
        "p",
        { className: "commitment-buttons" },
        h("code", {}, one.key),
        button(say("commitments_copy"), () => copy(one.key), { "aria-label": say("commitments_copy_key", { key: one.key }) }),
        acts.map(({ label, act }) => button(label, act)),
      ),
    );
  }

  function actsOf(one) {
    const confirm = { letter: "c", label: say("commitments_confirm"), act: () => confirmOne(one) };
    const discard = { letter: "d", label: say("commitments_discard"), act: () => send(`/commitments/${one.key}/discard`, {}, say("commitments_discarded", { key: one.key })) };
    const close = { letter: "k", label: say("commitments_close"), act: () => closeOne(one) };
    return one.state === "proposed" ? [confirm, discard] : [close];
  }

  function pressed(event, acts) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const found = acts.find(({ letter }) => letter === event.key.toLowerCase());
    if (found) {
      event.preventDefault();
      found.act();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const to = event.key === "ArrowDown" ? "nextElementSibling" : "previousElementSibling";
      event.preventDefault();
      event.currentTarget[to]?.focus();
    }
  }

  async function send(path, body, done) {
    try {
      await api.post(path, body);
      context.tell(done);
    } catch (error) {
      fill(problem, problemLine(error));
    }
    await load();
  }

  function confirmOne(one) {
    if (one.due) return send(`/commitments/${one.key}/confirm`, {}, say("commitments_confirmed", { key: one.key }));
    const due = dayField();
    return askFirst({
      title: say("commitments_which_day"),
      body: [h("p", {}, `«${one.words}»`), field(say("commitments_due"), due)],
      confirm: say("commitments_confirm"),
      act: async () => {
        await api.post(`/commitments/${one.key}/confirm`, { due: due.value });
        context.tell(say("commitments_confirmed", { key: one.key }));
        await load();
      },
    });
  }

  function closeOne(one) {
    const outcome = choice(OUTCOMES.map((name) => [name, say(`commitments_state_${name}`)]), "kept");
    const reason = h("textarea", { rows: 3, maxLength: 2000 });
    return askFirst({
      title: say("commitments_close_title", { key: one.key }),
      body: [field(say("commitments_outcome"), outcome), field(say("commitments_reason"), reason, say("commitments_reason_hint"))],
      confirm: say("commitments_close"),
      act: async () => {
        await api.post(`/commitments/${one.key}/close`, { outcome: outcome.value, reason: reason.value });
        await load();
      },
    });
  }

  function openOne({ kind, what = "other", words = "", from = null }) {
    const about = choice(WHATS.map((name) => [name, say(`commitments_what_${name}`)]), what);
    const text = h("textarea", { rows: 3, required: true, maxLength: 2000, value: words });
    const due = dayField(kind === "promise");
    const complaint = kind === "complaint";
    return askFirst({
      title: say(complaint ? "commitments_complain" : "commitments_promise"),
      body: [
        field(say(complaint ? "commitments_complaint_words" : "commitments_promise_words"), text),
        field(say("commitments_about"), about),
        field(say("commitments_due"), due, complaint ? say("commitments_due_by_rule") : ""),
      ],
      confirm: say("commitments_open"),
      act: async () => {
        const made = await api.post("/commitments", {
          kind, what: about.value, words: text.value, contact, customer: page.customer()?.key || null, due: due.value || null,
        });
        if (from) hidden.add(from);
        context.tell(say("commitments_opened", { key: made.key }));
        drawOffers();
        await load();
      },
    });
  }

  function drawOffers() {
    const idOf = (one) => `${one.turn} ${one.kind} ${one.what}`;
    fill(
      offers,
      suggested.filter((one) => !hidden.has(idOf(one))).map((one) =>
        h(
          "div",
          { className: "commitment-offer" },
          h("p", {}, say(one.kind === "complaint" ? "commitments_wants_to" : "commitments_on_condition"), ` «${one.words}»`),
          h(
            "p",
            { className: "commitment-buttons" },
            button(say(one.kind === "complaint" ? "commitments_complain" : "commitments_promise"), () => openOne({ ...one, from: idOf(one) })),
            button(say("commitments_not_now"), () => {
              hidden.add(idOf(one));
              drawOffers();
            }),
          ),
        ),
      ),
    );
  }

  async function copy(key) {
    try {
      await navigator.clipboard.writeText(key);
      context.tell(say("commitments_copied", { key }));
    } catch {
      context.tell(key); // a frame without leave to copy shows it at least
    }
  }

  const ends = [
    stream.on("commitment", (event) => {
      if (event.body.proposed) context.announce(say("commitments_heard", { count: event.body.proposed }));
      suggested = event.body.suggested;
      drawOffers();
      load();
    }),
    page.on("customer", load),
    // What was promised last may be found when the stream is over
    page.on("state", () => setTimeout(() => !left && load(), LOOK_AGAIN_MS)),
  ];
  load();
  return () => {
    left = true;
    ends.forEach((end) => end());
  };
}

function dayField(required = true) {
  return h("input", { type: "date", required });
}

// Overdue first, then what waits to be confirmed, then by day; each once, the whole one before a part.
function merged(here, owed) {
  const byKey = new Map([...owed, ...here].map((one) => [one.key, one]));
  const rank = (one) => (one.overdue ? 0 : one.state === "proposed" ? 1 : 2);
  return [...byKey.values()]
    .filter((one) => PENDING.includes(one.state))
    .sort((a, b) => rank(a) - rank(b) || (a.due || "").localeCompare(b.due || "") || a.key.localeCompare(b.key));
}
