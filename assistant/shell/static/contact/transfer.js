// A contact given to somebody else; and the contacts that others offer.
import { get, post, problemLine } from "../shared/api.js";
import { askFirst, tell } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { say, shortMoment } from "../shared/words.js";

const EVERY_MS = 5000;

// What is known of the offer of a contact, within its summary's panel.
export function transferView(element, { contact, key, page, stream }) {
  let offer = null;

  function draw(trouble = null) {
    if (page.state() === "ended") return fill(element);
    if (offer?.state === "accepted" && offer.to.agent !== contact.agent) {
      return fill(element, h("p", { role: "status" }, say("transfer_moved", { who: offer.to.agent || "—" })));
    }
    if (!offer || offer.state !== "offered") {
      const declined = offer?.state === "declined" ? say("transfer_declined", { by: offer.by, reason: offer.reason || "—" }) : "";
      return fill(
        element,
        declined ? h("p", { className: "due" }, declined) : null,
        button(say("transfer_give"), () => give(key), { id: "transfer-give" }),
        trouble,
      );
    }
    const who = offer.to.agent || offer.to.audience;
    return fill(
      element,
      h("p", { role: "status" }, say("transfer_waits", { who })),
      button(say("transfer_withdraw"), withdraw, { id: "transfer-withdraw" }),
      trouble,
    );
  }

  async function withdraw() {
    try {
      await post(`/contacts/${key}/withdraw`);
    } catch (error) {
      draw(problemLine(error));
    }
  }

  stream.on("transfer", ({ body }) => {
    offer = body;
    draw();
  });
  page.on("state", () => draw());
  draw();
  return () => undefined;
}

async function give(key) {
  let targets = { agents: [], audiences: [] };
  try {
    targets = await get(`/contacts/${key}/transfer/targets`);
  } catch (error) {
    return tell(error.message);
  }
  const options = [
    ...targets.agents.map((name) => [`agent:${name}`, name]),
    ...targets.audiences.map((one) => [`audience:${one.label}`, say("transfer_any", { title: one.title })]),
    ["typed", say("transfer_other")],
  ];
  const name = h("input", { type: "text", maxLength: 100, autocomplete: "off" });
  const typed = field(say("transfer_account"), name);
  const whom = choice(options, options[0][0], { id: "transfer-whom", onchange: () => (typed.hidden = whom.value !== "typed") });
  typed.hidden = whom.value !== "typed";
  const note = h("textarea", { rows: 3, maxLength: 1000 });
  return askFirst({
    title: say("transfer_give"),
    body: [
      field(say("transfer_whom"), whom),
      typed,
      field(say("transfer_note"), note, say("transfer_note_hint")),
      h("p", { className: "hint" }, say("transfer_rule")),
    ],
    confirm: say("transfer_offer"),
    act: () => {
      const [kind, ...rest] = whom.value.split(":");
      const target = kind === "typed" ? { agent: name.value.trim() } : { [kind]: rest.join(":") };
      return post(`/contacts/${key}/transfer`, { ...target, note: note.value.trim() });
    },
  });
}

// The contacts that wait for whoever is at the page to take them.
export function offeredView(element, { open }) {
  let drawn = "";

  async function load() {
    let offered;
    try {
      offered = (await get("/transfers")).transfers;
    } catch {
      return; // the list of contacts says what is wrong
    }
    const now = JSON.stringify(offered);
    if (now === drawn) return;
    drawn = now;
    fill(element, offered.length ? h("h2", {}, say("transfer_offered")) : null, offered.map(row));
  }

  function row(offer) {
    const problem = h("div");
    const act = async (what, body, then) => {
      try {
        await post(`/contacts/${offer.contact}/${what}`, body);
        drawn = "";
        await load();
        if (then) await then();
      } catch (error) {
        fill(problem, problemLine(error));
      }
    };
    return h(
      "article",
      { className: "offer", "data-offer": offer.contact },
      h("p", {}, say("transfer_from", { who: offer.from_agent || offer.offered_by, audience: offer.from_audience }), " ", h("span", { className: "muted" }, shortMoment(offer.offered_at))),
      offer.note ? h("p", {}, `«${offer.note}»`) : null,
      h(
        "div",
        { className: "row" },
        button(say("transfer_accept"), () => act("accept", {}, () => open(offer.contact)), { className: "primary" }),
        offer.to_agent ? button(say("transfer_decline"), () => act("decline", {})) : null,
      ),
      problem,
    );
  }

  load();
  const timer = setInterval(() => document.hidden || load(), EVERY_MS);
  return { load, end: () => clearInterval(timer) };
}
