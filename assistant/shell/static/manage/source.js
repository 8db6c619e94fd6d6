// One source: its versions and what can be done with each, who sees it, what is known of it.
import { get, post, problemLine } from "../shared/api.js";
import { askFirst, tell } from "../shared/dialog.js";
import { button, field, fill, h } from "../shared/dom.js";
import { cardDialog } from "./cards.js";
import { checkPanel } from "./checks.js";
import { differencesButton } from "./differences.js";
import { describePanel, partsPanel, whoPanel } from "./panels.js";
import { showVersion } from "./preview.js";
import { audienceText, keep, state } from "./state.js";
import { stateChip } from "./table.js";
import { versionButton } from "./uploads.js";
import { dayText, daysGiven, momentText, number, say, shiftDay, span } from "../shared/words.js";

export async function sourceView(view, id) {
  fill(view, h("p", { className: "loading" }, say("loading")));
  let source;
  try {
    source = await get(`/sources/${id}`);
  } catch (error) {
    return fill(view, back(), problemLine(error, () => sourceView(view, id)));
  }
  return draw(view, source);
}

function draw(view, source) {
  const changed = (now, line) => {
    keep(now);
    draw(view, now);
    window.dispatchEvent(new Event("sources-changed"));
    if (line) tell(line);
  };
  const edits = source.may.includes("edit_source");
  return fill(
    view,
    back(),
    head(source, changed),
    h(
      "div",
      { className: "columns" },
      h("section", { className: "card versions" }, h("h3", {}, say("versions")), newVersion(source, edits), versions(source, changed)),
      h("div", { className: "panels" }, whoPanel(source, changed, edits), partsPanel(source, changed, edits), describePanel(source, changed, edits)),
    ),
  );
}

const back = () => h("p", { className: "back" }, h("a", { href: "#/" }, `← ${say("back")}`));

function head(source, changed) {
  const days = source.current ? say("version", { number: source.current }) : say("nothing_in_force");
  const next = source.changes[0];
  const later = next
    ? `${dayText(next.day)}: ${next.version ? say("calendar_starts", { number: next.version }) : say("calendar_ends")}`
    : "";
  const facts = [source.name, days, later, audienceText(source.audience), source.owner].filter(Boolean);
  return h(
    "div",
    { className: "head" },
    h("h2", { id: "source-title" }, source.title, " ", stateChip(source.state)),
    h("p", { className: "muted" }, facts.join(" · ")),
    h("div", { className: "buttons" }, reviewedButton(source, changed), retireButton(source, changed)),
  );
}

function newVersion(source, edits) {
  if (!edits) return null;
  if (source.media_type !== "card") return versionButton(source);
  return button(say("card_version"), () => cardDialog(source));
}

function reviewedButton(source, changed) {
  if (!source.may.length || !source.current) return null;
  return button(say("reviewed"), async (event) => {
    event.target.disabled = true;
    try {
      changed(await post(`/sources/${source.id}/reviewed`), say("reviewed_done"));
    } catch (error) {
      event.target.after(problemLine(error));
    }
  });
}

function retireButton(source, changed) {
  const ahead = source.current || source.changes.some((one) => one.version);
  if (!source.may.includes("publish") || !ahead) return null;
  const from = h("input", { type: "date", value: state.me.today, required: true });
  return button(say("retire"), () =>
    askFirst({
      title: say("retire_title", { title: source.title }),
      body: [h("p", {}, say("retire_hint")), field(say("retire_from"), from)],
      confirm: say("retire"),
      danger: true,
      act: async () => changed(await post(`/sources/${source.id}/retire`, { from_day: from.value }), say("retired")),
    }),
  );
}

function versions(source, changed) {
  return h("ol", { className: "history" }, source.history.map((one) => versionRow(source, one, changed)));
}

function versionRow(source, version, changed) {
  const title = h("h4", {}, say("version", { number: version.number }), " ", stateChip(version.state));
  const people = [say("by", { name: version.author || "?" }), version.approver ? say("approved_by", { name: version.approver }) : ""];
  const size = say("passages", { count: number(version.chunks) });
  const facts = [...people, momentText(version.changed_at), size].filter(Boolean).join(" · ");
  return h(
    "li",
    { "data-version": version.number },
    title,
    h("p", { className: "days" }, daysOf(version)),
    h("p", { className: "muted" }, facts),
    version.note ? h("p", { className: "note" }, version.note) : null,
    h("div", { className: "buttons" }, button(say("preview"), () => showVersion(source, version)), differencesButton(source, version), steps(source, version, changed)),
    whyNot(source, version),
  );
}

function daysOf(version) {
  if (version.in_force.length) return version.in_force.map(({ from, to }) => span(from, to)).join("; ");
  if (version.state === "published" || version.state === "retired") return say("nothing_in_force");
  return say("asked_for", { days: span(version.valid_from, version.valid_to) });
}

function steps(source, version, changed) {
  const edits = source.may.includes("edit_source");
  const approves = source.may.includes("publish");
  const own = version.author === state.me.name;
  const at = `/sources/${source.id}/versions/${version.number}`;
  const found = [];
  if (version.state === "draft" && edits) found.push(submitButton(at, version, changed));
  if (version.state === "in_review" && approves && !own) found.push(publishButton(at, version, changed));
  if (version.state === "in_review" && (approves || edits)) found.push(backButton(at, version, changed, own));
  const old = version.state === "retired" || version.state === "published";
  if (old && approves && !own && version.number !== source.current) found.push(publishButton(at, version, changed));
  return found;
}

function whyNot(source, version) {
  if (version.state !== "in_review") return null;
  const own = version.author === state.me.name && source.may.includes("publish");
  if (own) return h("p", { className: "hint" }, say("own_version"));
  return source.may.includes("publish") ? null : h("p", { className: "hint" }, say("needs_approver"));
}

function submitButton(at, version, changed) {
  const act = async (event) => {
    event.target.disabled = true;
    try {
      changed(await post(`${at}/submit`), say("submitted", { number: version.number }));
    } catch (error) {
      event.target.disabled = false;
      event.target.parentElement.after(problemLine(error));
    }
  };
  return button(say("submit"), act, { className: "primary" });
}

function backButton(at, version, changed, own) {
  const note = h("textarea", { rows: 3, maxLength: 400 });
  const label = own ? say("withdraw") : say("send_back");
  return button(label, () =>
    askFirst({
      title: own ? say("withdraw") : say("send_back_title", { number: version.number }),
      body: [field(say("send_back_note"), note)],
      confirm: label,
      act: async () => changed(await post(`${at}/send-back`, { note: note.value }), say("sent_back", { number: version.number })),
    }),
  );
}

function publishButton(at, version, changed) {
  const again = version.state !== "in_review";
  const first = h("input", { type: "date", value: again ? state.me.today : version.valid_from || "" });
  const last = h("input", { type: "date", value: again ? "" : shiftDay(version.valid_to, -1) || "" });
  const label = again ? say("restore") : say("publish");
  const values = { number: version.number };
  const days = () => daysGiven(first.value, last.value);
  const title = say(again ? "restore_title" : "publish_title", values);
  const open = () => {
    const gate = checkPanel(at, days);
    const act = async () => {
      const waiver = await gate.waiver();
      changed(await post(`${at}/publish`, { ...days(), ...(waiver && { waiver }) }), say("published", values));
    };
    const body = [
      h("p", {}, say("publish_hint")),
      field(say("first_day"), first, say("first_day_hint")),
      field(say("last_day"), last, say("last_day_hint")),
      gate.element,
    ];
    askFirst({ title, body, confirm: label, act });
  };
  return button(label, open, { className: again ? "" : "primary" });
}
