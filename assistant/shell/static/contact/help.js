// What to say: suggestions that stay where they are, what to ask back, and any question.
import { fill, h } from "../shared/dom.js";
import { post, problemLine } from "../shared/api.js";
import { tell } from "../shared/dialog.js";
import { number, say } from "../shared/words.js";
import { actsView } from "./acts.js";
import { askView } from "./ask.js";
import { copy, factLines, flags, smallButton, sourceButton, wording } from "./statement.js";
import { nextMode, onMode, saidIn, startWith, told, voiceSwitch } from "./voice.js";

const LEFT_MS = 1500; // after the pointer and the focus have gone, what waits takes its place
const KINDS = [["useful", "u"], ["wrong", "e"], ["outdated", "a"], ["missing", "m"]];

export function helpView(element, context) {
  const { key, page, stream, talk, announce } = context;
  const acts = actsView(key, talk);
  const cards = new Map(); // by key of the suggestion, in their places
  const gone = new Set(); // dismissed here, whatever an older event says
  let body = null;
  let details = new Map();
  let last = 0;
  let leaving = null;

  startWith(context.contact.channel);
  const voices = voiceSwitch();
  const list = h("ol", { className: "suggestions", "aria-label": say("suggestions") });
  const waiting = h("button", { type: "button", className: "waiting", hidden: true, onclick: apply });
  const listening = h("button", { type: "button", id: "listening", onclick: switchListening });
  const problem = h("div");
  const worded = h("div", { className: "worded", "aria-live": "polite" });
  const askBack = h("div", { className: "ask-back" });
  const ask = h("div", { className: "asking" });
  fill(element, h("div", { className: "row" }, h("h2", {}, say("help")), waiting, voices.element, listening), problem, list, worded, askBack, ask);
  const questions = askView(ask, context);

  list.addEventListener("pointerleave", left);
  list.addEventListener("focusout", left);

  const held = () => list.matches(":hover") || list.contains(document.activeElement);
  const open = () => page.state() === "open";

  async function attempt(work) {
    try {
      await work();
      fill(problem);
    } catch (error) {
      fill(problem, problemLine(error));
    }
  }

  // ---- what comes

  async function take(event) {
    body = event.body;
    if (!body.suggestions) return; // its time is over
    const turn = ++last;
    await loadDetails();
    if (turn !== last) return;
    drawListening();
    drawWorded();
    drawAskBack();
    const wanted = body.suggestions.filter((one) => !gone.has(one.key));
    const fresh = wanted.filter((one) => !cards.has(one.key));
    const leave = [...cards.keys()].filter((one) => !wanted.some((suggestion) => suggestion.key === one));
    if (held() && (leave.length || cards.size + fresh.length > 3)) showWaiting(fresh.length);
    else apply();
    if (fresh.length) announce(say(fresh.length === 1 ? "new_one" : "new_many", { count: fresh.length, text: saidIn(fresh[0].statement) }));
  }

  async function loadDetails() {
    const order = page.order();
    const known = { ...(order?.ordered ? { purchased: order.ordered } : {}), ...(order?.delivered ? { delivered: order.delivered } : {}) };
    try {
      const given = await post(`/contacts/${key}/suggestions/details`, { case: known });
      details = new Map(given.details.map((one) => [one.suggestion, one]));
      voices.element.hidden = ![...details.values()].some((one) => one.voice);
    } catch (error) {
      if (order) fill(problem, problemLine(error, orderChosen)); // the words are there all the same
    }
  }

  function showWaiting(count) {
    waiting.hidden = false;
    waiting.textContent = count ? say(count === 1 ? "waiting_one" : "waiting_many", { count: number(count) }) : say("waiting_change");
    for (const one of cards.values()) one.update(details);
  }

  function left() {
    clearTimeout(leaving);
    leaving = setTimeout(() => !waiting.hidden && !held() && apply(), LEFT_MS);
  }

  // Each keeps its place: who leaves gives theirs to a new one, and those that remain do not move.
  function apply() {
    waiting.hidden = true;
    const wanted = body.suggestions.filter((one) => !gone.has(one.key));
    const fresh = wanted.filter((one) => !cards.has(one.key));
    for (const [known, card] of [...cards]) {
      if (wanted.some((one) => one.key === known)) continue;
      const next = fresh.shift();
      if (next) replace(known, card, next);
      else drop(known, card);
    }
    for (const next of fresh) {
      const card = makeCard(next);
      cards.set(next.key, card);
      list.append(card.element);
    }
    for (const one of wanted) cards.get(one.key).state(body);
    for (const card of cards.values()) card.update(details);
    acts.shown([...cards.keys()]);
    drawEmpty();
  }

  function replace(known, card, next) {
    const made = makeCard(next);
    card.element.replaceWith(made.element);
    const places = [...cards].map(([one, kept]) => (one === known ? [next.key, made] : [one, kept]));
    cards.clear();
    places.forEach(([one, kept]) => cards.set(one, kept));
  }

  function drop(known, card) {
    const focused = card.element.contains(document.activeElement);
    const neighbour = card.element.nextElementSibling || card.element.previousElementSibling;
    card.element.remove();
    cards.delete(known);
    if (focused) (neighbour?.matches(".suggestion") ? neighbour : listening).focus();
  }

  function drawEmpty() {
    list.querySelector(".empty")?.remove();
    if (cards.size) return;
    const off = body?.listening === false;
    list.append(h("li", { className: "empty" }, h("p", {}, say(off ? "listening_is_off" : open() ? "nothing_yet" : "nothing_said"))));
  }

  function drawListening() {
    const on = body?.listening !== false;
    fill(listening, say(on ? "listening_on" : "listening_off"));
    listening.setAttribute("aria-pressed", on);
    listening.disabled = !open();
  }

  // What a chat model made of it, below: what is quoted keeps its place.
  function drawWorded() {
    const made = body?.composed;
    if (!made?.statements.length) return fill(worded);
    const { statements, left_out: left } = made;
    const text = statements.map((one) => one.text).join(" ");
    const internal = statements.some((one) => one.internal);
    const count = Object.values(left).reduce((sum, one) => sum + one, 0);
    return fill(
      worded,
      h("p", { className: "muted" }, say("worded_by", { model: made.model }), count ? ` ${say("worded_left_out", { count: number(count) })}` : ""),
      statements.map((one) => [
        flags(one),
        h("p", { className: "said" }, one.text),
        one.citations.slice(0, 1).flatMap((citation) => [foreign(citation, made), sourceButton(citation)]),
      ]),
      h(
        "div",
        { className: "buttons" },
        smallButton(say("copy"), () => copy(text, { internal })),
        internal ? null : smallButton(say("to_reply"), () => talk.reply(text), { className: "while-open" }),
      ),
    );
  }

  function drawAskBack() {
    const asked = body?.ask_back;
    if (!asked) return fill(askBack);
    return fill(
      askBack,
      h("p", {}, h("b", {}, say("ask_back")), " ", h("span", { className: "said" }, asked.question)),
      h("div", { className: "buttons" }, smallButton(say("copy"), () => copy(asked.question)), smallButton(say("to_reply"), () => talk.reply(asked.question), { className: "while-open" })),
    );
  }

  // ---- what the agent does

  function switchListening() {
    const on = body?.listening === false;
    attempt(() => post(`/contacts/${key}/suggestions/listening`, { listening: on }));
  }

  function dismiss(suggestion) {
    gone.add(suggestion);
    drop(suggestion, cards.get(suggestion));
    drawEmpty();
    attempt(() => post(`/contacts/${key}/suggestions/dismiss`, { suggestion }));
  }

  const pin = (suggestion, pinned) => attempt(() => post(`/contacts/${key}/suggestions/pin`, { suggestion, pinned }));

  function makeCard(one) {
    const { statement } = one;
    let pinned = false;
    const pinButton = smallButton("", () => pin(one.key, !pinned), { className: "pin" });
    const takeAway = smallButton([say("dismiss"), " ", h("kbd", {}, "X")], () => dismiss(one.key));
    const extra = h("div", { className: "extra" });
    const voiced = () => details.get(one.key)?.voice;
    const words = h("div", {}, wording(statement, voiced()));
    const now = () => told(statement, voiced());
    const voted = h("div", { className: "votes" });
    const copied = (text, internal) => copy(text, { internal, done: () => acts.add("copied", one.key) });
    const reply = (text) => {
      acts.put(one.key, text);
      talk.reply(text);
    };
    const doReply = statement.internal ? null : () => open() && reply(now());
    const opened = () => acts.add("opened", one.key);
    const does = {
      p: () => open() && pin(one.key, !pinned),
      x: () => open() && dismiss(one.key),
      c: () => copied(now(), statement.internal),
      r: doReply,
      v: nextMode,
      o: () => card.querySelector(".source").click(),
      ...Object.fromEntries(KINDS.map(([kind, letter]) => [letter, () => vote(kind)])),
    };
    const card = h(
      "li",
      { className: "suggestion", tabIndex: 0, "data-suggestion": one.key, onkeydown: (event) => pressed(event, card, does) },
      h("div", { className: "row corner while-open" }, pinButton, takeAway),
      flags(statement),
      words,
      statement.citations.map((citation) => sourceButton(citation, opened)),
      extra,
      h(
        "div",
        { className: "row acts" },
        smallButton([say("copy"), " ", h("kbd", {}, "C")], does.c),
        doReply ? smallButton([say("to_reply"), " ", h("kbd", {}, "R")], doReply, { className: "while-open" }) : null,
        voted,
      ),
    );

    async function vote(kind) {
      await attempt(async () => {
        await post(`/contacts/${key}/suggestions/feedback`, { suggestion: one.key, kind });
        fill(voted, h("span", { className: "muted", role: "status" }, say("voted")));
        tell(say("voted"));
      });
    }

    fill(voted, KINDS.map(([kind, letter]) => smallButton(say(`vote_${kind}`), () => vote(kind), { title: say("key_is", { key: letter.toUpperCase() }) })));
    return {
      element: card,
      words: () => fill(words, wording(statement, voiced())),
      state: (event) => {
        pinned = event.pinned.includes(one.key);
        card.classList.toggle("pinned", pinned);
        fill(pinButton, say(pinned ? "unpin" : "pin"), " ", h("kbd", {}, "P"));
        pinButton.setAttribute("aria-pressed", pinned);
      },
      update: (all) => {
        const detail = all.get(one.key);
        fill(words, wording(statement, voiced()));
        if (detail) fill(extra, caseOf(detail, statement), followUps(detail, copied, reply));
      },
    };
  }

  // An order that was chosen, or let go: what it means for each.
  async function orderChosen() {
    if (!body?.suggestions?.length) return;
    await loadDetails();
    for (const card of cards.values()) card.update(details);
  }

  // Once the contact has ended, what would change it is gone; the words stay.
  function drawState() {
    element.classList.toggle("over", !open());
    drawListening();
    drawEmpty();
  }

  drawState();
  const ends = [voices.end, onMode(() => cards.forEach((card) => card.words())), stream.on("suggestions", take), page.on("order", orderChosen), page.on("state", drawState)];
  return {
    ask: questions.focus,
    focus: () => {
      const all = [...list.querySelectorAll(".suggestion")];
      if (!all.length) return listening.focus();
      return all[(all.findIndex((one) => one.contains(document.activeElement)) + 1) % all.length].focus();
    },
    end: () => (clearTimeout(leaving), acts.end(), ends.forEach((end) => end())),
  };
}

// The source's own words where it is in another language than what was composed from it.
function foreign(citation, made) {
  const composedIn = made.prompt.split(/[./]/)[1];
  return citation.language === composedIn ? null : h("q", { className: "original", lang: citation.language }, citation.quote);
}

function pressed(event, card, does) {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.altKey || event.metaKey) return;
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const act = step ? () => card[step]?.focus() : does[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
}

function caseOf(detail, own) {
  if (detail.another_day) return h("p", { className: "due" }, say("not_then"));
  if (!detail.then) return factLines(detail.facts, own);
  const { statement, facts } = detail.then;
  return h(
    "div",
    { className: "then" },
    h("p", { className: "due" }, say("another_version")),
    wording(statement),
    statement.citations.slice(0, 1).map((citation) => sourceButton(citation)),
    factLines(facts, statement),
  );
}

function followUps(detail, copied, reply) {
  if (!detail.follow_ups.length) return null;
  return h(
    "details",
    { className: "follow-ups" },
    h("summary", {}, say("follow_ups")),
    h(
      "ul",
      {},
      detail.follow_ups.map((next) =>
        h(
          "li",
          {},
          next.internal ? h("span", { className: "chip internal" }, say("internal")) : null,
          h("p", {}, next.text),
          smallButton(say("copy"), () => copied(next.text, next.internal)),
          next.internal ? null : smallButton(say("to_reply"), () => reply(next.text), { className: "while-open" }),
        ),
      ),
    ),
  );
}
