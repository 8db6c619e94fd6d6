// The summary of a contact, to read, correct, copy, save and send on; and giving it to somebody else.
import { problemLine } from "../shared/api.js";
import { button, choice, fill, find, h } from "../shared/dom.js";
import { transferView } from "./transfer.js";

const PARTS = [
  ["need", "summary_need"],
  ["said", "summary_said"],
  ["unsourced", "summary_unsourced"],
  ["sources", "summary_sources"],
  ["promises", "summary_promises"],
  ["given", "summary_given"],
  ["outcome", "summary_outcome"],
  ["next", "summary_next"],
];
const OUTCOMES = [
  ["resolved", "summary_resolved"],
  ["not_resolved", "summary_not_resolved"],
  ["escalated", "summary_escalated"],
  ["transferred", "summary_transferred"],
  ["not_said", "summary_not_said"],
];
const GIVEN = { order: "summary_order", phone: "summary_phone", mail: "summary_mail", date: "summary_date" };

export function mount(element, context) {
  const { api, key, language, page, say, stream } = context;
  const path = `/contacts/${key}/summary`;
  const body = h("div");
  const trouble = h("div");
  const transfer = h("section");
  let summary = null; // as it is on the page
  let last = 0; // version that it was made from
  let touched = false;
  let sends = false;

  fill(element, transfer, body, trouble);
  const endTransfer = transferView(transfer, context);
  drawStart();
  stream.on("summary", ({ body: saved }) => saved.version > last && summary && drawNewer(saved));
  page.on("state", (state) => {
    if (state !== "ended") return;
    if (summary) return;
    context.show();
    load();
  });

  function drawStart() {
    fill(
      body,
      h("h3", {}, say("summary_title")),
      h("p", { className: "hint" }, say(page.state() === "ended" ? "summary_hint_ended" : "summary_hint")),
      button(say("summary_make"), () => load(), { id: "summary-make", className: "primary" }),
    );
  }

  // What was saved last, or what is proposed now.
  async function load({ anew = false } = {}) {
    fill(trouble);
    try {
      const given = await api.get(`${path}?language=${language}`);
      const newest = anew ? null : given.versions.at(-1);
      last = given.last;
      sends = given.sends;
      summary = newest ? newest.summary : given.proposed;
      touched = false;
      if (summary) draw(newest);
      else fill(body, h("p", { className: "muted" }, say("summary_gone")));
    } catch (error) {
      fill(trouble, problemLine(error, () => load({ anew })));
    }
  }

  function draw(saved) {
    const line = saved ? say("summary_saved_as", { version: saved.number, by: saved.by }) : say("summary_proposed");
    const state = h("p", { className: "hint", role: "status" }, line);
    const outcome = choice(OUTCOMES.map(([value, label]) => [value, say(label)]), summary.outcome, {
      id: "summary-outcome",
      "aria-label": say("summary_outcome"),
      onchange: () => change(() => (summary.outcome = outcome.value)),
    });
    fill(
      body,
      state,
      PARTS.map(([part, label]) => drawPart(part, say(label), part === "outcome" ? outcome : null)),
      h(
        "div",
        { className: "row summary-buttons" },
        button(say("summary_save"), save, { id: "summary-save", className: "primary" }),
        button(say("summary_copy"), () => copy("text"), { id: "summary-copy" }),
        sends ? button(say("summary_send"), send, { id: "summary-send" }) : null,
      ),
      h("div", { className: "row" }, button(say("summary_copy_markdown"), () => copy("markdown")), button(say("summary_again"), () => load({ anew: true }))),
      h("p", { className: "hint" }, say("summary_may_close")),
    );
  }

  function drawPart(part, label, first) {
    const list = h("ul", { className: "plain-lines" });
    const section = h("section", { "data-part": part }, h("h3", {}, label), first, list);
    const redraw = () => {
      const lines = summary.lines.filter((line) => line.part === part);
      const none = lines.length || first ? null : h("li", { className: "muted" }, say("summary_nothing"));
      fill(list, lines.map((line) => drawLine(line, redraw)), none);
    };
    redraw();
    const add = button(say("summary_add"), () => {
      change(() => summary.lines.push({ part, text: "", basis: "agent", turn: null, source: null, detail: "", key: "", marks: [] }));
      redraw();
      find("li:last-child textarea", list)?.focus();
    }, { className: "quiet", "aria-label": `${say("summary_add")}: ${label}` });
    section.append(add);
    return section;
  }

  function drawLine(line, redraw) {
    const box = h("textarea", { rows: 1, maxLength: 1000, value: line.text, "aria-label": say("summary_line") });
    const grow = () => {
      box.style.height = "auto";
      if (box.scrollHeight) box.style.height = `${box.scrollHeight + 2}px`;
    };
    box.addEventListener("input", () => {
      change(() => (line.text = box.value));
      grow();
    });
    requestAnimationFrame(grow);
    const kind = GIVEN[line.detail] ? h("span", { className: "chip" }, say(GIVEN[line.detail])) : null;
    const source = line.source
      ? h("span", { className: "muted", title: line.source.quote }, say("summary_version", { title: line.source.title, version: line.source.version }))
      : null;
    const turn = line.turn
      ? button(say("summary_turn", { number: line.turn }), () => goTo(line.turn), { className: "quiet" })
      : null;
    const drop = button("×", () => {
      change(() => (summary.lines = summary.lines.filter((one) => one !== line)));
      redraw();
    }, { className: "quiet", "aria-label": say("summary_drop") });
    const marks = (line.marks || []).map((mark) => h("span", { className: "chip" }, say(`summary_mark_${mark}`)));
    const quoted = line.key ? h("code", {}, line.key) : null;
    return h("li", {}, h("div", { className: "row" }, kind, box, drop), h("div", { className: "row" }, turn, source, quoted, marks));
  }

  function goTo(number) {
    const turn = find(`[data-turn="${number}"]`);
    if (!turn) return;
    turn.tabIndex = -1;
    turn.scrollIntoView({ block: "center" });
    turn.focus({ preventScroll: true });
  }

  function change(work) {
    work();
    touched = true;
    context.badge("•");
  }

  const cleaned = () => ({ ...summary, lines: summary.lines.filter((line) => line.text.trim()) });

  async function save() {
    fill(trouble);
    try {
      const saved = await api.post(path, { base: last, summary: cleaned() });
      last = saved.version.number;
      summary = saved.version.summary;
      touched = false;
      context.badge("");
      draw(saved.version);
      context.tell(say("summary_saved", { version: last }));
      return true;
    } catch (error) {
      fill(trouble, problemLine(error, error.status === 409 ? () => load() : null));
      return false;
    }
  }

  async function copy(form) {
    fill(trouble);
    try {
      const written = await api.post(`${path}/text`, cleaned());
      await toClipboard(written[form]);
      context.tell(say("summary_copied"));
    } catch (error) {
      fill(trouble, problemLine(error));
    }
  }

  async function send() {
    if ((touched || !last) && !(await save())) return;
    try {
      await api.post(`${path}/send`, { version: last });
      context.tell(say("summary_sent"));
    } catch (error) {
      fill(trouble, problemLine(error));
    }
  }

  function drawNewer(saved) {
    fill(
      trouble,
      h("div", { className: "problem", role: "status" }, h("p", {}, say("summary_newer", { version: saved.version, by: saved.by })), button(say("summary_read"), () => load())),
    );
  }

  return endTransfer;
}

// The clipboard's own interface is for secure pages alone; a page within a company may be none.
async function toClipboard(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const box = h("textarea", { value: text, className: "off" });
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}
