// A list to work through: j and k or the arrows move, Enter opens, and what is done hands the
// focus on to the next. What can be taken back stays in its place until the list is left.
import { problemLine } from "../shared/api.js";
import { button, fill, find, h } from "../shared/dom.js";
import { tell } from "../shared/dialog.js";
import { say } from "../shared/words.js";

const PAGE = 100;

// item -> { title, lang, facts: [...], chips: [...], body: (row) => [...] }
export function workList(items, describe, empty) {
  if (!items.length) return h("div", { className: "empty" }, h("h3", {}, say(`${empty}_none`)), h("p", {}, say(`${empty}_none_hint`)));
  const rows = (from) => items.slice(from, from + PAGE).map((item) => new Row(item, describe).element);
  const list = h("ul", { className: "worklist" }, rows(0));
  const more = h("div", { className: "more" });
  const offer = () => {
    const from = list.childElementCount;
    const next = () => {
      list.append(...rows(from));
      list.children[from].row.head.focus();
      offer();
    };
    fill(more, from < items.length ? button(say("show_more", { count: Math.min(PAGE, items.length - from) }), next) : null);
  };
  offer();
  return [list, more];
}

class Row {
  constructor(item, describe) {
    this.describe = describe;
    this.element = h("li", { className: "work-row" });
    this.element.row = this;
    this.show(item);
  }

  show(item, open = false) {
    this.item = item;
    const { title, lang, facts, chips = [], body } = this.describe(item, this);
    this.head = button([h("span", { className: "work-title", lang }, title), h("span", { className: "work-facts" }, chips, facts.filter(Boolean).map((fact) => h("span", {}, fact)))], () => this.toggle(), { className: "work-head", "aria-expanded": "false" });
    this.body = h("div", { className: "work-body", hidden: true });
    this.fillBody = () => fill(this.body, body());
    this.element.classList.remove("done");
    fill(this.element, h("h3", {}, this.head), this.body);
    if (open) this.toggle();
  }

  toggle(open = this.body.hidden) {
    if (open && !this.body.childElementCount) this.fillBody();
    this.body.hidden = !open;
    this.head.setAttribute("aria-expanded", open);
  }

  // It is otherwise than it was, of itself: nobody is moved for that.
  update(item) {
    const [open, focused] = [!this.body.hidden, this.element.contains(document.activeElement)];
    this.show(item, open);
    if (focused) this.head.focus();
  }

  // It is out of the list; `undo` brings it back, where that is possible.
  done(line, undo = null) {
    const next = neighbour(this.element, 1) || neighbour(this.element, -1);
    const back = undo ? button(say("undo"), () => this.undo(undo), { "aria-label": `${say("undo")}: ${line}` }) : null;
    fill(this.element, h("p", {}, line), back);
    this.element.classList.add("done");
    tell(line);
    window.dispatchEvent(new CustomEvent("work-changed"));
    later(() => (next ? focusOn(next) : (back || find("#view")).focus()));
  }

  async undo(undo) {
    try {
      this.show(await undo());
      this.head.focus();
      window.dispatchEvent(new CustomEvent("work-changed"));
    } catch (error) {
      this.element.append(problemLine(error));
    }
  }

  // It stays in the list, otherwise than it was.
  changed(item, line) {
    this.show(item);
    tell(line);
    window.dispatchEvent(new CustomEvent("work-changed"));
    later(() => focusOn(neighbour(this.element, 1) || this.element));
  }

  // A request at the press of a button; what goes wrong shows beside it.
  async act(event, act) {
    event.target.disabled = true;
    try {
      await act();
    } catch (error) {
      event.target.disabled = false;
      this.body.append(problemLine(error));
    }
  }
}

// Once a dialog that may still be open is closed: behind it nothing takes the focus.
const later = (act) => setTimeout(act, 0);

function neighbour(row, step) {
  let other = row;
  do other = step > 0 ? other.nextElementSibling : other.previousElementSibling;
  while (other && other.classList.contains("done"));
  return other;
}

function focusOn(row) {
  const target = row.classList.contains("done") ? find("button", row) : row.row.head;
  target?.focus();
  row.scrollIntoView({ block: "nearest" });
}

function move(list, step) {
  const here = document.activeElement.closest(".work-row");
  const rows = [...list.children].filter((row) => find("button", row));
  const next = here ? rows[rows.indexOf(here) + step] : rows[step > 0 ? 0 : rows.length - 1];
  if (next) focusOn(next);
}

document.addEventListener("keydown", (event) => {
  const list = find("#view .worklist");
  if (!list || event.ctrlKey || event.altKey || event.metaKey || find("dialog[open]")) return;
  if (event.target.matches("input, textarea, select")) return;
  const onHead = event.target.matches(".work-head");
  const steps = { j: 1, k: -1, ...(onHead ? { ArrowDown: 1, ArrowUp: -1 } : {}) };
  const here = event.target.closest(".work-row");
  if (steps[event.key]) move(list, steps[event.key]);
  else if (event.key === "Escape" && here && !here.row.body.hidden) {
    here.row.toggle(false);
    here.row.head.focus();
  } else return;
  event.preventDefault();
});
