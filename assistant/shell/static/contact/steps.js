// The procedure that helps now as a checklist: ticked by what is said and by hand, each step with its
// passage. Space ticks, the arrows move, Enter opens the passage, "." says where one is.
import { problemLine } from "../shared/api.js";
import { show } from "../shared/dialog.js";
import { button, fill, h } from "../shared/dom.js";
import { say } from "../shared/words.js";

const TOGETHER_MS = 120;

export function mount(element, context) {
  const { api, key, page, stream, badge, tell } = context;
  const path = `/contacts/${key}/steps`;
  let shown = null;
  let drawn = "";
  let timer = null;
  let over = false;
  let asked = 0;

  const open = () => page.state() === "open";

  function query() {
    const delivered = page.order()?.delivered;
    const day = typeof delivered === "string" && /^\d{4}-\d\d-\d\d/.exec(delivered);
    return day ? `?case=${encodeURIComponent(`delivered=${day[0]}`)}` : "";
  }

  async function load() {
    const mine = ++asked;
    try {
      const given = await api.get(path + query());
      if (!over && mine === asked) draw(given);
    } catch (error) {
      if (!over && !shown) fill(element, problemLine(error, load));
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(load, TOGETHER_MS);
  }

  async function act(work) {
    try {
      await work();
      await load();
    } catch (error) {
      tell(error.message);
    }
  }

  const tick = (step) => open() && act(() => api.post(`${path}/ticks`, { step: step.key, done: !step.done }));
  const answer = (condition, holds) => act(() => api.post(`${path}/answers`, { condition: condition.key, holds }));
  const stand = (step) => open() && act(() => api.post(`${path}/position`, { step: step.key }));
  const choose = (source, procedure) => act(() => api.post(path, { source, procedure }));

  function draw(given) {
    shown = given;
    const now = JSON.stringify([given, open()]);
    if (now === drawn) return; // nothing moves where nothing is new
    drawn = now;
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset.focus : "";
    const scrolled = element.scrollTop;
    fill(element, given.chosen ? chosen(given.chosen) : null, offers(given));
    element.scrollTop = scrolled;
    if (focused) element.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    else if (!element.matches(":hover")) element.querySelector(".step-here")?.scrollIntoView({ block: "nearest" });
    badge(count(given));
  }

  function count({ chosen: one, offers: some }) {
    if (!one?.available) return some.length || "";
    const wanted = one.steps.filter((step) => step.applies);
    return `${wanted.filter((step) => step.done).length}/${wanted.length}`;
  }

  function offers({ chosen: one, offers: some }) {
    const others = some.filter((offer) => offer.procedure !== one?.procedure);
    if (!others.length) return one ? null : h("p", { className: "muted" }, say("steps_none"));
    const rows = others.map((offer) =>
      h("li", {}, button(offer.title, () => choose(offer.source, offer.procedure), { disabled: !open(), "data-focus": offer.procedure }),
        h("p", { className: "muted" }, say("steps_offer", { count: offer.steps, source: offer.source_title }))));
    return [h("h3", {}, say(one ? "steps_others" : "steps_offered")), h("ul", { className: "list" }, rows)];
  }

  function chosen(one) {
    const close = button(say("steps_close"), () => act(() => api.remove(path)), { disabled: !open(), "data-focus": "close" });
    if (!one.available) return h("div", { className: "row" }, h("p", { className: "muted" }, say("steps_gone")), close);
    const place = say(one.page ? "steps_place_page" : "steps_place", { source: one.source_title, version: one.version, page: one.page });
    return [
      h("div", { className: "row" }, h("h3", {}, one.title), one.internal ? h("span", { className: "chip" }, say("steps_internal")) : null, close),
      h("p", { className: "muted" }, place),
      newer(one),
      one.conditions.map(chip),
      one.notes.map(note),
      checklist(one),
    ];
  }

  function newer(one) {
    if (!one.newer) return null;
    const { version, procedure } = one.newer;
    if (version === null) return h("p", { className: "step-note warning", role: "note" }, say("steps_not_in_force"));
    const take = procedure ? button(say("steps_take"), () => choose(one.source, procedure), { disabled: !open(), "data-focus": "newer" }) : null;
    return h("p", { className: "step-note warning", role: "note" }, say("steps_newer", { version }), " ", take);
  }

  function checklist(one) {
    const boxes = [];
    const reachable = one.current || one.steps[0].key;
    const list = h("ul", { className: "steps", "aria-label": one.title, onkeydown: (event) => move(event, boxes) });
    for (const step of one.steps) {
      const here = step.key === one.current;
      const box = h("div", {
        className: "step-box", role: "checkbox", "aria-checked": String(step.done), "aria-disabled": open() ? undefined : "true",
        "aria-current": here ? "step" : undefined, tabIndex: step.key === reachable ? 0 : -1, "data-focus": `step-${step.key}`,
        onclick: () => tick(step), onkeydown: (event) => press(event, step, one),
      }, h("span", { className: "step-tick", "aria-hidden": "true" }, step.done ? "✓" : ""), h("span", { className: "step-text" }, step.label ? `${step.label} ` : "", step.text));
      boxes.push(box);
      const classes = ["step", step.depth ? "step-under" : "", here ? "step-here" : "", step.applies ? "" : "step-off", step.done ? "step-done" : ""];
      list.append(h("li", { className: classes.filter(Boolean).join(" ") }, h("div", { className: "step-row" }, box, ways(step, one)), beside(step, one)));
    }
    return list;
  }

  function beside(step, one) {
    const reason = step.because && conditionOf(one, step.because);
    return h("div", { className: "step-beside" },
      reason ? h("p", { className: "muted" }, say("steps_not_so", { clause: reason.text })) : null,
      step.by === "heard" && step.done ? h("p", { className: "done" }, say("steps_heard", { turn: step.turn?.text ?? "…" })) : null,
      step.by === "hand" ? h("p", { className: "muted" }, say(step.done ? "steps_by_hand" : "steps_off_by_hand", { who: step.who })) : null,
      step.deadlines.map((period) => h("span", { className: "chip due" }, period.text)),
      step.conditions.map(chip),
      step.notes.map(note));
  }

  // Reached by keyboard with "." and Enter on the step itself.
  function ways(step, one) {
    const here = step.key === one.current || !open();
    return h("p", { className: "step-ways" },
      here ? null : button("▸", () => stand(step), { tabIndex: -1, title: say("steps_here"), "aria-label": say("steps_here") }),
      button(say("steps_passage"), () => passage(step, one), { tabIndex: -1 }));
  }

  const conditionOf = (one, wanted) => [...one.conditions, ...one.steps.flatMap((step) => step.conditions)].find((condition) => condition.key === wanted);

  function chip(condition) {
    const said = { heard: say("steps_said", { turn: condition.turn?.text ?? "…" }), case: say("steps_by_order"), hand: "" }[condition.by] || "";
    const choice = (holds, label) =>
      button(label, () => answer(condition, condition.by === "hand" && condition.holds === holds ? null : holds), {
        "aria-pressed": String(condition.holds === holds), disabled: !open(), "data-focus": `${condition.key}-${holds}`,
      });
    return h("div", { className: "question-chip", role: "group", "aria-label": condition.question },
      h("span", {}, condition.question), choice(true, say("steps_yes")), choice(false, say("steps_no")), said ? h("span", { className: "muted" }, said) : null);
  }

  const note = ({ kind, text }) => h("p", { className: `step-note ${kind}` }, text);

  function move(event, boxes) {
    const at = boxes.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: boxes.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = boxes[Math.max(0, Math.min(boxes.length - 1, to))];
    boxes.forEach((box) => (box.tabIndex = box === next ? 0 : -1));
    next.focus();
  }

  function press(event, step, one) {
    const done = { " ": () => tick(step), Enter: () => passage(step, one), ".": () => stand(step) }[event.key];
    if (!done || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    done();
  }

  function passage(step, one) {
    const { text, start } = one.passage;
    const [from, to] = [step.start - start, step.end - start];
    const whole = to <= text.length ? [text.slice(0, from), h("mark", {}, text.slice(from, to)), text.slice(to)] : [h("mark", {}, step.text)];
    const place = say(step.page ? "steps_place_page" : "steps_place", { source: one.source_title, version: one.version, page: step.page });
    show(one.title, h("p", { className: "muted" }, place), h("p", { className: "step-passage" }, whole));
  }

  const offs = [stream.on("steps", soon), page.on("order", soon), page.on("state", soon)];
  load();
  return () => {
    over = true;
    clearTimeout(timer);
    offs.forEach((off) => off());
  };
}
