// A question before something is done. It stays open, with what was typed, until that has worked.
import { problemLine } from "./api.js";
import { button, fill, find, h } from "./dom.js";
import { say } from "./words.js";

export function askFirst({ title, body = [], confirm, danger = false, act }) {
  const problem = h("div");
  const go = h("button", { type: "submit", className: danger ? "danger" : "primary" }, confirm);
  const form = h(
    "form",
    { onsubmit: submit },
    h("h2", { id: "dialog-title" }, title),
    body,
    problem,
    h("div", { className: "buttons" }, go, button(say("cancel"), () => dialog.close())),
  );
  const dialog = h("dialog", { "aria-labelledby": "dialog-title", onclose: () => dialog.remove() }, form);
  async function submit(event) {
    event.preventDefault();
    go.disabled = true;
    try {
      await act();
      dialog.close();
    } catch (error) {
      fill(problem, problemLine(error));
    } finally {
      go.disabled = false;
    }
  }
  document.body.append(dialog);
  dialog.showModal();
  const first = find("input, textarea, select", form) || go;
  first.focus();
  return dialog;
}

export function show(title, ...body) {
  const close = button(say("close"), () => dialog.close(), { className: "primary" });
  const dialog = h(
    "dialog",
    { className: "wide", "aria-labelledby": "dialog-title", onclose: () => dialog.remove() },
    h("div", { className: "dialog-top" }, h("h2", { id: "dialog-title" }, title), close),
    body,
  );
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

let timer;

export function tell(line) {
  const toast = find("#toast");
  toast.textContent = line;
  toast.classList.add("on");
  clearTimeout(timer);
  timer = setTimeout(() => toast.classList.remove("on"), 4000);
}
