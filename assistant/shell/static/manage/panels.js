// Beside a source's versions: who sees it, which parts are reserved, what is known of it.
import { post, problemLine } from "../shared/api.js";
import { askFirst } from "../shared/dialog.js";
import { button, choice, field, fill, h, ticks } from "../shared/dom.js";
import { audienceOptions, audienceText, audienceTitle, state } from "./state.js";
import { dayText, say } from "../shared/words.js";

const panel = (title, ...content) => h("section", { className: "card" }, h("h3", {}, title), content);

export function whoPanel(source, changed, edits) {
  const now = h("p", {}, audienceText(source.audience));
  if (!edits) return panel(say("who_sees"), now);
  const open = () => {
    const boxes = ticks(say("who_sees"), audienceOptions("edit_source"), source.audience, say("who_sees_hint"));
    const effect = h("p", { className: "effect", role: "status" });
    boxes.element.addEventListener("change", () => (effect.textContent = effectOf(source.audience, boxes.values())));
    askFirst({
      title: say("audience_title", { title: source.title }),
      body: [boxes.element, effect],
      confirm: say("save"),
      act: async () => changed(await post(`/sources/${source.id}/audience`, { labels: boxes.values() }), say("audience_saved")),
    });
  };
  return panel(say("who_sees"), now, button(say("audience_change"), open));
}

// Who is under a label sees what has it, so a change is told by everybody it reaches.
function effectOf(before, after) {
  const readers = (labels) => state.audiences.map((one) => one.label).filter((label) => above(label).some((one) => labels.includes(one)));
  const [old, now] = [readers(before), readers(after)];
  const names = (labels) => labels.map(audienceTitle).join(", ") || say("none");
  return say("audience_confirm", {
    lost: names(old.filter((label) => !now.includes(label))),
    gained: names(now.filter((label) => !old.includes(label))),
  });
}

function above(label) {
  const one = state.audiences.find((audience) => audience.label === label);
  return one ? [label, ...(one.parent ? above(one.parent) : [])] : [];
}

export function partsPanel(source, changed, edits) {
  const rows = source.sections.map((part) => partRow(source, part, changed, edits));
  const list = rows.length ? h("ul", { className: "queue" }, rows) : h("p", { className: "muted" }, say("parts_none"));
  return panel(say("parts"), list, edits ? button(say("part_add"), () => addPart(source, changed)) : null);
}

function partRow(source, part, changed, edits) {
  const facts = [part.audience ? audienceText(part.audience) : "", part.internal ? say("part_internal") : ""];
  const lift = () =>
    askFirst({
      title: say("part_lift_title", { heading: part.heading }),
      body: [h("p", {}, say("part_lift_hint"))],
      confirm: say("part_lift"),
      danger: true,
      act: async () => changed(await post(`/sources/${source.id}/restrict`, { heading: part.heading }), say("saved")),
    });
  return h(
    "li",
    {},
    h("strong", {}, part.heading),
    h("span", { className: "muted" }, facts.filter(Boolean).join(" · ")),
    edits ? button(say("part_lift"), lift) : null,
  );
}

function addPart(source, changed) {
  const heading = choice(source.headings.map((name) => [name, name]), source.headings[0]);
  const boxes = ticks(say("part_audience"), audienceOptions(), [], say("part_audience_hint"));
  const inside = h("input", { type: "checkbox" });
  const act = async () => {
    const labels = boxes.values();
    if (!labels.length && !inside.checked) throw say("part_nothing");
    const given = { heading: heading.value, audience: labels.length ? labels : null, internal: inside.checked };
    changed(await post(`/sources/${source.id}/restrict`, given), say("saved"));
  };
  const body = source.headings.length
    ? [field(say("part_heading"), heading), boxes.element, h("label", { className: "tick" }, inside, " ", say("part_internal"))]
    : [h("p", {}, say("headings_none"))];
  askFirst({ title: say("part_add"), body, confirm: say("save"), act });
}

export function describePanel(source, changed, edits) {
  if (!edits) return panel(say("details"), facts(source));
  const inputs = inputsFor(source);
  const problem = h("div");
  const save = h("button", { type: "submit" }, say("save"));
  const submit = async (event) => {
    event.preventDefault();
    save.disabled = true;
    try {
      changed(await post(`/sources/${source.id}/describe`, given(inputs)), say("saved"));
    } catch (error) {
      fill(problem, problemLine(error));
    } finally {
      save.disabled = false;
    }
  };
  const form = h(
    "form",
    { onsubmit: submit, className: "guarded" },
    field(say("source_title"), inputs.title, say("title_hint")),
    source.kind === "card" ? null : field(say("kind"), inputs.kind),
    field(say("owner"), inputs.owner),
    field(say("review_days"), inputs.review, say("review_days_hint")),
    field(say("translation_of"), inputs.original),
    field(say("tags"), inputs.tags, say("tags_hint")),
    h("label", { className: "tick" }, inputs.internal, " ", say("internal")),
    problem,
    h("div", { className: "buttons" }, save),
  );
  form.addEventListener("input", () => (form.dataset.dirty = "1"));
  return panel(say("details"), form);
}

const KINDS = ["document", "policy", "procedure", "product", "faq", "circular"];

function inputsFor(source) {
  const kinds = [...new Set([source.kind, ...KINDS])].map((name) => [name, say(`kind_${name}`)]);
  const others = state.sources.filter((one) => one.id !== source.id);
  const original = others.find((one) => one.name === source.translation_of);
  const tags = Object.entries(source.tags).map(([key, value]) => `${key} = ${value}`);
  const options = others.map((one) => [String(one.id), one.title]).sort((a, b) => a[1].localeCompare(b[1]));
  return {
    title: h("input", { value: source.title, maxLength: 300 }),
    kind: choice(kinds, source.kind),
    owner: h("input", { value: source.owner || "", maxLength: 64 }),
    review: h("input", { type: "number", min: 0, max: 36500, value: source.review_days || 0 }),
    original: choice([["0", say("none")], ...options], original ? String(original.id) : "0"),
    tags: h("textarea", { rows: 2, value: tags.join("\n") }),
    internal: h("input", { type: "checkbox", checked: source.internal }),
  };
}

function given(inputs) {
  return {
    title: inputs.title.value,
    kind: inputs.kind.value,
    owner: inputs.owner.value,
    review_days: Number(inputs.review.value),
    translation_of: Number(inputs.original.value),
    tags: tagsOf(inputs.tags.value),
    internal: inputs.internal.checked,
  };
}

function tagsOf(text) {
  const lines = text.split("\n").filter((line) => line.trim());
  return Object.fromEntries(
    lines.map((line) => {
      const [key, ...value] = line.split("=");
      if (!key.trim() || !value.join("=").trim()) throw say("tags_wrong", { line: line.trim() });
      return [key.trim(), value.join("=").trim()];
    }),
  );
}

function facts(source) {
  const rows = [
    [say("kind"), say(`kind_${source.kind}`)],
    [say("owner"), source.owner],
    [say("review_due"), dayText(source.review_due)],
    [say("translation_of"), source.translation_of],
    [say("tags"), Object.entries(source.tags).map(([key, value]) => `${key} = ${value}`).join(", ")],
    ["", source.internal ? say("internal") : ""],
  ];
  return h("dl", {}, rows.filter(([, value]) => value).map(([key, value]) => [h("dt", {}, key), h("dd", {}, value)]));
}
