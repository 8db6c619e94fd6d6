// What an agent is typing, checked while it is typed: marks in place, each with its reason and, where
// there is one, a mend that one key accepts. It never keeps anybody from sending, and nothing of a
// draft is kept. The agents' page and the page of a contact share it; what it says comes with the
// page in both languages, since the agents' page changes its language while it is open.
import { button, fill, find, h } from "./dom.js";

const SETTLE_MS = 300;
const SLOW_MS = 1200;
const SHOWN = 12;
const TEXTS = JSON.parse(find("#draft-words").textContent);

const tongue = () => (document.documentElement.lang in TEXTS ? document.documentElement.lang : "es");

function say(key, values = {}) {
  const text = TEXTS[tongue()][key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// The server counts characters, the browser halves of some (emoji).
function halves(text) {
  const at = [0];
  for (const character of text) at.push(at.at(-1) + character.length);
  return at;
}

// Findings of a text as they stand in what it has become: those before the change stay, those after
// it move, those it touches are gone until the next check.
export function carried(findings, before, after) {
  let head = 0;
  const most = Math.min(before.length, after.length);
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const moved = after.length - before.length;
  return findings.flatMap((one) => {
    if (one.end < head || (one.end === head && one.start < one.end)) return [one];
    if (one.start >= before.length - tail) return [{ ...one, start: one.start + moved, end: one.end + moved }];
    return [];
  });
}

async function ask(body, signal) {
  const response = await fetch("/v1/drafts/check", {
    method: "POST",
    headers: { "accept-language": tongue(), "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  const given = await response.json().catch(() => null);
  if (!response.ok) throw new Error((given && given.error) || say("failed"));
  const at = halves(body.draft);
  return given.findings.map((one) => ({ ...one, start: at[one.start], end: at[one.end] }));
}

// `box`: the textarea. `around()`: what else is sent with the draft (channel, about, known, contact),
// or null where what is typed is no draft. Gives the elements to put on the page, and `check`.
export function draftCheck(box, around = () => ({})) {
  let findings = [];
  let text = "";
  let current = -1;
  let timer, slow, running;
  const mirror = h("div", { className: "draft-mirror", "aria-hidden": "true" });
  const status = h("p", { className: "draft-status", role: "status" });
  const list = h("ol", { className: "draft-findings", id: `${box.id}-findings` });
  const tip = h("p", { className: "draft-tip", hidden: true, "aria-hidden": "true" });
  const live = h("p", { className: "draft-off", "aria-live": "polite" });
  const below = h("div", { className: "draft-below" }, status, list, live);
  const frame = h("div", { className: "draft-frame" });
  box.replaceWith(frame);
  frame.append(mirror, box, tip);
  box.classList.add("draft-box");
  box.setAttribute("aria-describedby", list.id);
  box.setAttribute("aria-keyshortcuts", "Alt+ArrowDown Alt+ArrowUp Alt+Enter");

  function typed() {
    findings = carried(findings, text, box.value);
    text = box.value;
    draw();
    clearTimeout(timer);
    if (running) running.abort();
    if (!text.trim() || around() === null) return settle(around() === null || !text.trim() ? "" : undefined);
    timer = setTimeout(check, SETTLE_MS);
  }

  function settle(line) {
    clearTimeout(slow);
    findings = [];
    draw();
    if (line !== undefined) status.textContent = line;
  }

  async function check() {
    clearTimeout(timer);
    const surroundings = around();
    if (surroundings === null || !box.value.trim()) return settle("");
    if (running) running.abort();
    const own = (running = new AbortController());
    const draft = box.value;
    clearTimeout(slow);
    slow = setTimeout(() => (status.textContent = say("checking")), SLOW_MS);
    try {
      const found = await ask({ ...surroundings, draft }, own.signal);
      if (own !== running || box.value !== draft) return;
      findings = found;
      text = draft;
      status.textContent = told();
      draw();
    } catch (error) {
      if (error.name === "AbortError" || own !== running) return;
      findings = [];
      draw();
      fill(status, say("unchecked", { why: error instanceof TypeError ? say("no_server") : error.message }), " ", button(say("retry"), check));
    } finally {
      if (own === running) clearTimeout(slow);
    }
  }

  const told = () => (findings.length ? say(findings.length === 1 ? "one_found" : "found", { count: findings.length }) : say("nothing"));

  function draw() {
    const parts = [];
    let last = 0;
    findings.forEach((one, n) => {
      if (one.start < last || one.start === one.end) return;
      parts.push(text.slice(last, one.start), h("mark", { className: `draft-mark kind-${one.kind}`, "data-n": n }, text.slice(one.start, one.end)));
      last = one.end;
    });
    // A line break at the end has no height without something behind it
    fill(mirror, parts, `${text.slice(last)}\u200b`);
    scrolled();
    fill(list, findings.slice(0, SHOWN).map(item), findings.length > SHOWN ? h("li", { className: "hint" }, say("more", { count: findings.length - SHOWN })) : null);
    follow();
  }

  function item(one, n) {
    const said = one.text || "…";
    const name = say(`kind_${one.kind}`);
    const mend = one.mend === null ? null : button(one.mend.trim() ? say("put", { mend: one.mend.trim() }) : say("take_out"), () => accept(n), { className: "draft-mend" });
    const source = one.source ? h("span", { className: "hint draft-source", title: one.source.quote }, say("source", { title: one.source.title, version: one.source.version })) : null;
    return h(
      "li",
      { className: `kind-${one.kind}`, "data-n": n },
      h("button", { type: "button", className: "draft-goto", onclick: () => go(n) }, h("span", { className: "draft-kind" }, name), " ", h("span", { className: `draft-said kind-${one.kind}` }, said)),
      h("span", { className: "draft-reason" }, one.reason),
      mend,
      source,
    );
  }

  function go(n) {
    const one = findings[n];
    if (!one) return;
    box.focus();
    box.setSelectionRange(one.start, one.end);
    reveal(one.start);
    follow();
  }

  // Textareas scroll to the caret only while somebody types.
  function reveal(start) {
    const mark = mirror.querySelector(`[data-n="${at(start)}"]`);
    if (mark) box.scrollTop = Math.max(0, mark.offsetTop - box.clientHeight / 2);
  }

  const at = (place) => findings.findIndex((one) => one.start <= place && place <= one.end);

  // The finding that the caret is in: its reason is shown and said.
  function follow() {
    const next = document.activeElement === box ? at(box.selectionStart) : -1;
    for (const one of list.children) {
      const here = Number(one.dataset.n) === next && next >= 0;
      here ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current");
      if (here && next !== current) list.scrollTop = one.offsetTop - list.offsetTop;
    }
    if (next === current && !tip.hidden) return;
    if (next >= 0 && next !== current) live.textContent = `${say(`kind_${findings[next].kind}`)}: ${findings[next].reason}`;
    current = next;
    next < 0 ? hideTip() : showTip(next);
  }

  function showTip(n) {
    const one = findings[n];
    const mark = mirror.querySelector(`[data-n="${n}"]`);
    if (!one || !mark) return hideTip();
    const key = one.mend === null ? [] : [" ", h("kbd", {}, "Alt+↵"), ` ${one.mend.trim() || say("take_out")}`];
    fill(tip, h("strong", {}, say(`kind_${one.kind}`)), ` ${one.reason}`, key);
    tip.hidden = false;
    // Above the field: nothing that is being written is ever covered
    tip.style.left = `${Math.max(0, Math.min(mark.offsetLeft, frame.clientWidth - tip.offsetWidth))}px`;
  }

  function hideTip() {
    tip.hidden = true;
  }

  function accept(n) {
    const one = findings[n];
    if (!one || one.mend === null) return;
    const after = text.slice(0, one.start) + one.mend + text.slice(one.end);
    const place = one.start + one.mend.length;
    const rest = findings.filter((_, other) => other !== n);
    box.focus();
    box.setSelectionRange(one.start, one.end);
    // So that the browser can undo it; where it cannot, the text is put there.
    if (!document.execCommand("insertText", false, one.mend) || box.value !== after) {
      box.value = after;
      box.setSelectionRange(place, place);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    status.textContent = one.mend.trim() ? say("put_done", { mend: one.mend.trim() }) : say("taken_out");
    const next = carried(rest, text, box.value).findIndex((other) => other.start >= place && other.mend !== null);
    if (next < 0) box.setSelectionRange(place, place);
  }

  function step(by) {
    if (!findings.length) return;
    const places = findings.map((one, n) => [one.start, n]).sort((a, b) => a[0] - b[0]);
    const here = by > 0 ? box.selectionEnd : box.selectionStart;
    const on = at(box.selectionStart);
    const next = by > 0 ? places.find(([start, n]) => n !== on && start >= here) || places[0] : places.findLast(([start, n]) => n !== on && start < here) || places.at(-1);
    go(next[1]);
  }

  function pressed(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const act = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => {
        const on = at(box.selectionStart);
        accept(on >= 0 && findings[on].mend !== null ? on : findings.findIndex((one) => one.mend !== null));
      },
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Enter alone may send
    act();
  }

  function hovered(event) {
    for (const mark of mirror.querySelectorAll("mark")) {
      const over = [...mark.getClientRects()].some((r) => r.left <= event.clientX && event.clientX <= r.right && r.top <= event.clientY && event.clientY <= r.bottom);
      if (over) return showTip(Number(mark.dataset.n));
    }
    return current >= 0 ? showTip(current) : hideTip();
  }

  function scrolled() {
    mirror.scrollTop = box.scrollTop;
    mirror.style.width = `${box.clientWidth + 2}px`;
    mirror.style.height = `${box.offsetHeight}px`;
  }

  box.addEventListener("keydown", pressed, true);
  box.addEventListener("input", typed);
  box.addEventListener("scroll", scrolled);
  box.addEventListener("mousemove", hovered);
  box.addEventListener("mouseleave", () => (current >= 0 ? showTip(current) : hideTip()));
  box.addEventListener("blur", hideTip);
  for (const kind of ["keyup", "click", "focus"]) box.addEventListener(kind, follow);
  new ResizeObserver(scrolled).observe(box);
  return {
    frame,
    below,
    check,
    // What was typed was put there or taken away by the page, not typed.
    changed: typed,
    redraw: () => {
      draw();
      if (box.value.trim()) check();
    },
  };
}

// The box of the agents' page: a draft with its channel, and a button that copies it.
export function draftBox(place, about) {
  const box = h("textarea", { id: "draft-text", rows: 3, maxLength: 8000 });
  const channel = h("select", { id: "draft-channel" });
  const label = h("label", { htmlFor: "draft-text" });
  const channelLabel = h("label", { htmlFor: "draft-channel", className: "draft-off" });
  const told = h("span", { className: "hint", role: "status" });
  const copy = button("", copied, { id: "draft-copy" });
  const hint = h("span", { className: "hint draft-keys" });
  fill(place, h("div", { className: "draft-head" }, label, channelLabel, channel, copy, told), box, hint);
  const checked = draftCheck(box, () => ({ channel: channel.value || null, about: about().slice(-4000) }));
  place.append(checked.below);
  channel.addEventListener("change", checked.check);

  function words() {
    label.textContent = say("draft");
    channelLabel.textContent = say("channel");
    copy.textContent = say("copy");
    hint.textContent = say("keys");
    box.placeholder = say("draft_hint");
    const chosen = channel.value;
    fill(channel, ["", "chat", "whatsapp", "email", "social", "phone"].map((one) => h("option", { value: one }, say(`channel_${one || "any"}`))));
    channel.value = chosen;
    checked.redraw();
  }

  async function copied() {
    if (!box.value.trim()) return (told.textContent = say("copy_nothing"));
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      box.focus();
      box.select();
      if (!document.execCommand("copy")) return (told.textContent = say("copy_failed"));
    }
    told.textContent = say("copied");
    return setTimeout(() => (told.textContent = ""), 4000);
  }

  words();
  new MutationObserver(words).observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });
}
