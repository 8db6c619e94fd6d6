// Keys, clipboard, focus and waiting of the agent's page. What is shown comes from the server;
// this script only presses the page's own buttons and watches what they change.
(() => {
  "use strict";
  const BUSY_MS = 300;
  const find = (selector) => document.querySelector(selector);
  const box = () => find("#question textarea, #question input");
  const words = () => (find("#words") || { dataset: {} }).dataset;
  const seen = { turn: "0", opened: "", language: "" };
  const waiting = { asked: null, timers: [] };
  let recalled = -1;
  let toastTimer;

  function write(text) {
    const field = box();
    if (!field) return;
    const prototype = Object.getPrototypeOf(field);
    Object.getOwnPropertyDescriptor(prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    field.setSelectionRange(text.length, text.length);
  }

  // ---- waiting ----

  // A question asked while another is on its way comes after it; the same one is asked once.
  function wait(event) {
    const asked = box().value.trim();
    if (waiting.timers.length && (!asked || asked === waiting.asked)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    stopWaiting();
    waiting.asked = asked;
    waiting.timers = [
      setTimeout(() => showBusy(true), BUSY_MS),
      setTimeout(() => {
        stopWaiting();
        tell(words().late, 10000);
      }, 1000 * Number(words().lateS || 15)),
    ];
  }

  function stopWaiting() {
    waiting.timers.forEach(clearTimeout);
    waiting.timers = [];
    showBusy(false);
  }

  function showBusy(on) {
    const line = find("#busy");
    if (line) line.hidden = !on;
    document.body.classList.toggle("busy", on);
  }

  // ---- what the server changed ----

  function look() {
    const { language } = words();
    if (language && language !== seen.language) {
      seen.language = language;
      document.documentElement.lang = language;
    }
    const answer = find("#answer-body");
    if (answer && answer.dataset.turn !== seen.turn) {
      seen.turn = answer.dataset.turn;
      arrived(answer);
    }
    paintMode();
    const source = find("#source [data-opened]");
    const opened = source ? source.dataset.opened : "";
    if (opened !== seen.opened) {
      seen.opened = opened;
      opened ? showSource(source) : hideSource();
    }
  }

  function arrived(answer) {
    recalled = -1;
    const field = box();
    const failed = answer.querySelector(".error");
    const answered = !failed && answer.dataset.asked === waiting.asked;
    // Something typed since is the next question: it stays.
    if (field && answered && field.value.trim() === waiting.asked) write("");
    if (failed || answered) {
      stopWaiting();
      waiting.asked = null;
    }
    const top = answer.getBoundingClientRect().top;
    if (top < 0) window.scrollTo({ top: 0 });
  }

  function showSource(source) {
    document.body.classList.add("source-open");
    source.parentElement.scrollTop = 0;
    source.closest("#source").scrollTop = 0;
    const mark = source.querySelector("mark");
    const frame = source.querySelector(".context");
    if (mark && frame) {
      const gap = mark.getBoundingClientRect().top - frame.getBoundingClientRect().top;
      frame.scrollTop += gap - frame.clientHeight / 3;
    }
    drawPage(source);
    const title = source.querySelector("#source-title");
    if (title) title.focus({ preventScroll: matchMedia("(min-width: 900px)").matches });
  }

  // The page is drawn on the server, which tells in a header whether it found the passage on it.
  async function drawPage(source) {
    const view = source.querySelector("[data-page]");
    if (!view) return;
    const url = view.dataset.page;
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(response.status);
      showPage(view, url, response.headers.get("x-passage"), await response.blob());
    } catch {
      if (view.dataset.page === url) view.querySelector(".page-line").textContent = view.dataset.failed;
    }
  }

  function showPage(view, url, passage, blob) {
    if (view.dataset.page !== url) return; // another source was opened meanwhile
    const marked = passage !== "unmarked";
    const image = view.querySelector("img");
    view.querySelector(".page-line").textContent = marked ? "" : view.dataset.unmarked;
    image.alt = marked ? view.dataset.marked : view.dataset.plain;
    image.onload = () => {
      URL.revokeObjectURL(image.src);
      const frame = view.querySelector(".page-frame");
      if (marked) frame.scrollTop = Number(passage) * image.clientHeight - frame.clientHeight / 3;
    };
    image.src = URL.createObjectURL(blob);
    view.querySelector("a.page").hidden = false;
  }

  function hideSource() {
    document.body.classList.remove("source-open");
    if (box()) box().focus();
  }

  // ---- what is said, what is written, what the source says ----

  const MODES = ["say", "write", "literal"];

  function chosenMode() {
    try {
      const kept = localStorage.getItem("voz-voice");
      return MODES.includes(kept) ? kept : "say";
    } catch {
      return document.body.dataset.voice || "say"; // the browser keeps nothing
    }
  }

  function choose(mode) {
    try {
      localStorage.setItem("voz-voice", mode);
    } catch {
      // chosen for this page alone
    }
    document.body.dataset.voice = mode;
    paintMode();
  }

  function paintMode() {
    const mode = (document.body.dataset.voice ||= chosenMode());
    for (const button of document.querySelectorAll("[data-do=voice]")) {
      const pressed = String(button.dataset.mode === mode);
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    }
  }

  const nextMode = { click: () => choose(MODES[(MODES.indexOf(chosenMode()) + 1) % MODES.length]) };

  // ---- clipboard ----

  async function copy(name, said) {
    const answer = find("#answer-body");
    const mode = document.body.dataset.voice;
    const voiced = answer && answer.dataset[name + mode[0].toUpperCase() + mode.slice(1)];
    const text = voiced || (answer ? answer.dataset[name] : "");
    if (!text) return tell(words()[answer && answer.dataset.internal ? "copiedPartly" : "copyNothing"]);
    const copied = await toClipboard(text);
    const inside = answer.dataset.internal === "1";
    const line = inside ? words()[name === "plain" ? "copiedPartly" : "copiedInternal"] : words()[said];
    tell(copied ? line : words().copyFailed, copied && !inside ? 2500 : 8000);
  }

  async function toClipboard(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyOldWay(text);
    }
  }

  // Pages served over plain http to another machine have no clipboard interface.
  function copyOldWay(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "off-screen";
    document.body.append(field);
    field.select();
    let copied = false;
    try {
      copied = document.execCommand("copy");
    } catch {
      copied = false;
    }
    field.remove();
    return copied;
  }

  function tell(line, ms = 2500) {
    const toast = find("#toast");
    if (!toast || !line) return;
    toast.textContent = line;
    toast.classList.add("on");
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => toast.classList.remove("on"), ms);
  }

  // ---- who is signed in ----

  async function signOut() {
    await fetch("/logout", { method: "POST" });
    location.assign("/login");
  }

  // A session can end while the page is open: what is typed and shown stays, and after signing in
  // in another tab the page goes on. Another account's session cannot go on here.
  function refused(status) {
    if (find("#refused")) return;
    const own = status === 401;
    const bar = document.createElement("p");
    const link = document.createElement("a");
    bar.id = "refused";
    bar.setAttribute("role", "alert");
    bar.textContent = (own ? words().signedOut : words().otherAccount) + " ";
    link.href = own ? "/login" : "/";
    if (own) link.target = "_blank";
    link.textContent = own ? words().signIn : words().reload;
    link.addEventListener("click", () => bar.remove());
    bar.append(link);
    document.body.prepend(bar);
    stopWaiting();
  }

  const plainFetch = window.fetch;
  window.fetch = async (...call) => {
    const response = await plainFetch.apply(window, call);
    if (response.status === 401 || response.status === 403) refused(response.status);
    return response;
  };

  // ---- keys ----

  function recall(step) {
    const asked = [...document.querySelectorAll("[data-question]")].map((e) => e.dataset.question);
    const next = recalled + step;
    if (next >= asked.length || next < -1) return;
    recalled = next;
    write(next < 0 ? "" : asked[next]);
  }

  function help() {
    const dialog = find("#help");
    if (dialog && !dialog.open) dialog.showModal();
  }

  function escape() {
    const close = find("#source [data-close]");
    if (close) close.click();
    else if (box()) write("");
  }

  function withAlt(event) {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (digit) return find(`#answer [data-cite="${digit[1]}"]`);
    if (event.code === "KeyN" && !event.shiftKey) return find("#new");
    if (event.code === "KeyV" && !event.shiftKey) return find("[data-do=voice]") && nextMode;
    if (event.code !== "KeyC") return null;
    return find(`#answer [data-do="${event.shiftKey ? "copy-cited" : "copy"}"]`) || copyNothing;
  }

  const copyNothing = { click: () => tell(words().copyNothing) };

  // AltGr types "|@#" on Spanish keyboards and arrives as Ctrl+Alt on some systems.
  const onlyAlt = (e) =>
    e.altKey && !e.ctrlKey && !e.metaKey && !e.getModifierState("AltGraph");

  function inField(event) {
    return event.target.matches("textarea, input:not([type=radio]), select, [contenteditable]");
  }

  function onQuestionKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) wait(event);
    const recallable = box().value === "" || recalled >= 0;
    if (event.key === "ArrowUp" && recallable && document.querySelector("[data-question]")) {
      event.preventDefault();
      recall(1);
    } else if (event.key === "ArrowDown" && recalled >= 0) {
      event.preventDefault();
      recall(-1);
    }
  }

  function onKey(event) {
    if (find("#help") && find("#help").open) return;
    if (event.key === "Escape" && event.target.closest("#draft-box")) return; // what is drafted stays
    if (event.target === box()) onQuestionKey(event);
    if (onlyAlt(event)) {
      const target = withAlt(event);
      if (target) {
        event.preventDefault();
        target.click();
      }
    } else if (event.key === "Escape") {
      event.preventDefault();
      escape();
    } else if (event.key === "/" && event.ctrlKey) {
      event.preventDefault();
      help();
    } else if (!inField(event) && !event.ctrlKey && !event.metaKey) {
      outsideField(event);
    }
  }

  function outsideField(event) {
    if (event.key === "/" && box()) {
      event.preventDefault();
      box().focus();
    } else if (event.key === "?") {
      event.preventDefault();
      help();
    }
  }

  function onClick(event) {
    const pressed = event.target.closest("[data-do], #ask");
    if (!pressed) return;
    if (pressed.id === "ask") wait(event);
    else if (pressed.dataset.do === "help") help();
    else if (pressed.dataset.do === "sign-out") signOut();
    else if (pressed.dataset.do === "voice") choose(pressed.dataset.mode);
    else if (pressed.dataset.do === "copy") copy("plain", "copied");
    else copy("cited", "copiedCited");
  }

  document.addEventListener("keydown", onKey, true);
  document.addEventListener("click", onClick, true);
  document.addEventListener("input", (event) => {
    if (event.target === box() && event.isTrusted) recalled = -1;
  });
  new MutationObserver(look).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-turn", "data-opened", "data-language"],
  });
})();
