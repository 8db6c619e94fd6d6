// Writing a voice guide: its text, examples of every kind of rule, and what is read of it.
import { post, problemLine, upload } from "../shared/api.js";
import { tell } from "../shared/dialog.js";
import { button, choice, field, fill, h, ticks } from "../shared/dom.js";
import { firstAudience } from "./cards.js";
import { audienceOptions } from "./state.js";
import { followJob } from "./uploads.js";
import { readOf } from "./voice.js";
import { say } from "../shared/words.js";

const READ_MS = 600;

export function editorView({ guide, text, examples, changed, done }) {
  const area = h("textarea", { className: "guide", value: text, spellcheck: true, maxLength: 60000, oninput: typed });
  const note = h("input", { maxLength: 400 });
  const name = guide ? null : h("input", { required: true, maxLength: 120, value: text.startsWith("# Voice") ? "voice-guide.md" : "guia-de-voz.md" });
  const boxes = guide ? null : ticks(say("who_sees"), audienceOptions("edit_source"), firstAudience());
  const problem = h("div");
  const read = h("div", { "aria-live": "polite" });
  const save = h("button", { type: "submit", className: "primary" }, say("voice_save"));
  const form = h(
    "form",
    { className: "card", onsubmit: submit },
    h("h3", {}, guide ? say("voice_editor", { name: guide.source.name }) : say("voice_new")),
    field(say("voice_text"), area),
    inserting(),
    name ? [field(say("voice_name"), name), boxes.element] : field(`${say("upload_note")} (${say("optional")})`, note),
    problem,
    h("div", { className: "buttons" }, save, button(say("cancel"), leave)),
    read,
  );
  let timer;
  let turn = 0;
  look();

  function typed() {
    form.setAttribute("data-dirty", "");
    clearTimeout(timer);
    timer = setTimeout(look, READ_MS);
  }

  async function look() {
    const mine = ++turn;
    changed(area.value);
    try {
      const found = await post("/voice/read", { text: area.value });
      if (mine === turn) fill(read, readOf(found));
    } catch (error) {
      if (mine === turn) fill(read, problemLine(error));
    }
  }

  // A part of the example, put at the end: one heading with its rule.
  function inserting() {
    const spoken = area.value.startsWith("# Voice") || guide?.guide.language === "en" ? "en" : "es";
    const parts = examples[spoken].split(/^(?=## )/m).slice(1);
    const which = choice(parts.map((part, place) => [String(place), part.split("\n")[0].slice(3)]), "0", { "aria-label": say("voice_insert") });
    const add = () => {
      area.value = `${area.value.trimEnd()}\n\n${parts[Number(which.value)].trim()}\n`;
      area.scrollTop = area.scrollHeight;
      typed();
    };
    return h("div", { className: "buttons" }, which, button(say("voice_insert"), add));
  }

  async function submit(event) {
    event.preventDefault();
    save.disabled = true;
    try {
      followJob(await upload("/sources", filed(), () => undefined));
      tell(say("card_saved"));
      leave();
    } catch (error) {
      fill(problem, problemLine(error));
    } finally {
      save.disabled = false;
    }
  }

  function filed() {
    const given = new FormData();
    const called = guide ? guide.source.name.split("/").at(-1) : name.value.trim().replace(/(\.md)?$/, ".md");
    given.append("file", new Blob([area.value], { type: "text/markdown" }), called);
    if (guide) {
      given.append("source", guide.source.id);
      given.append("note", note.value);
    } else boxes.values().forEach((label) => given.append("audience", label));
    return given;
  }

  function leave() {
    form.removeAttribute("data-dirty");
    clearTimeout(timer);
    turn++;
    done();
  }

  return form;
}
