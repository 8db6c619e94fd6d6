// Golden sets: brought in, with every mistake told; versions; started; made a gate.
import { get, post, problemLine, remove, upload } from "../shared/api.js";
import { askFirst, show, tell } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { language, momentText, number, say } from "../shared/words.js";
import { makeDialog } from "./drafts.js";
import { faultList } from "./faults.js";
import { fragment } from "./fragment.js";
import { audienceOptions, audienceTitle, loadSets } from "./state.js";

const setPath = (name) => `/evaluations/sets/${encodeURIComponent(name)}`;
const exportPath = (one) => `/v1${setPath(one.name)}/export?version=${one.number}`;

export async function setsView(view) {
  fill(view, h("p", { className: "loading" }, say("loading")));
  try {
    draw(view, await loadSets());
  } catch (error) {
    fill(view, h("h2", {}, say("failed_load")), problemLine(error, () => setsView(view)));
  }
}

function draw(view, found) {
  const bring = button(say("import"), () => importDialog(view, found), { className: found.sets.length ? "" : "primary" });
  const list = found.sets.length
    ? h("ol", { className: "sets" }, found.sets.map((one) => row(view, one, found)))
    : h("div", { className: "empty" }, h("h2", {}, say("sets_none")), h("p", {}, say("sets_none_hint")));
  fill(view, h("div", { className: "bar" }, h("h2", {}, say("tab_sets")), h("div", { className: "buttons" }, button(say("drafts_make"), () => makeDialog(found)), bring)), list);
}

function row(view, one, found) {
  const facts = [say("version", { number: one.number }), say("cases", { count: number(one.cases) }), say("for_audience", { audience: audienceTitle(one.audience) }), say("brought", { name: one.made_by, when: momentText(one.made_at) })];
  const act = (work) => async (event) => {
    event.target.disabled = true;
    try {
      await work();
    } catch (error) {
      event.target.disabled = false;
      event.target.parentElement.after(problemLine(error));
    }
  };
  const start = act(async () => {
    const run = await post("/evaluations/runs", { set: one.name });
    tell(say("run_begun", { run: run.run }));
    location.hash = "#/runs";
  });
  return h(
    "li",
    { className: "card", "data-set": one.name },
    h("h3", {}, one.name, one.gates ? [" ", h("span", { className: "chip gate-pass" }, say("gates"))] : null),
    h("p", { className: "muted" }, facts.join(" · ")),
    h(
      "div",
      { className: "buttons" },
      button(say("run"), start, { className: "primary" }),
      button(say("run_on"), () => runDialog(one)),
      button(say("versions"), () => versionsDialog(one)),
      button(say("trend"), () => trendDialog(one)),
      h("a", { className: "as-button", href: exportPath(one), download: "" }, say("export")),
      found.gates_for_all ? button(say(one.gates ? "gate_off" : "gate_on"), () => gateDialog(view, one)) : null,
      found.gates_for_all || !one.gates ? button(say("remove"), () => removeDialog(view, one)) : null,
    ),
  );
}

function runDialog(one) {
  const day = h("input", { type: "date" });
  const robustness = h("input", { type: "checkbox" });
  askFirst({
    title: say("run_title", { name: one.name }),
    body: [field(say("asked_on"), day, say("asked_on_hint")), h("label", { className: "tick" }, robustness, " ", say("run_robustness"))],
    confirm: say("run"),
    act: async () => {
      await post("/evaluations/runs", { set: one.name, on: day.value || null, robustness: robustness.checked });
      location.hash = "#/runs";
    },
  });
}

function gateDialog(view, one) {
  askFirst({
    title: say(one.gates ? "gate_off_title" : "gate_on_title", { name: one.name }),
    body: [h("p", {}, say(one.gates ? "gate_off_hint" : "gate_on_hint"))],
    confirm: say(one.gates ? "gate_off" : "gate_on"),
    act: async () => {
      await post(`${setPath(one.name)}/gates`, { on: !one.gates });
      await setsView(view);
    },
  });
}

function removeDialog(view, one) {
  askFirst({
    title: say("remove_title", { name: one.name }),
    body: [h("p", {}, say("remove_hint"))],
    confirm: say("remove"),
    danger: true,
    act: async () => draw(view, await remove(setPath(one.name))),
  });
}

async function versionsDialog(one) {
  const body = h("div", {}, h("p", { className: "loading" }, say("loading")));
  show(say("versions_title", { name: one.name }), body);
  try {
    const { sets } = await get(setPath(one.name));
    const rows = sets.map((each) =>
      h("li", {}, h("strong", {}, say("version", { number: each.number })), " ", say("cases", { count: number(each.cases) }), " · ", say("brought", { name: each.made_by, when: momentText(each.made_at) }), " ", h("a", { href: exportPath(each), download: "" }, say("export"))),
    );
    fill(body, h("ol", { className: "plain" }, rows));
  } catch (error) {
    fill(body, problemLine(error));
  }
}

function trendDialog(one) {
  const place = h("div");
  show(say("trend_title", { name: one.name }), place);
  fragment(place, `${setPath(one.name)}/trend?language=${language}`);
}

function importDialog(view, found) {
  const file = h("input", { type: "file", accept: ".jsonl,.csv,.xlsx", required: true });
  const name = h("input", { required: true, maxLength: 60, pattern: "[a-z0-9]+([.\\-][a-z0-9]+)*" });
  const audience = choice(audienceOptions(found), found.audiences[0]?.label);
  const faults = h("div", { className: "faults", role: "alert" });
  file.addEventListener("change", () => {
    fill(faults);
    const stem = file.files[0]?.name.replace(/\.\w+$/, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    if (stem && !name.value) name.value = stem.slice(0, 60);
  });
  const act = async () => {
    fill(faults);
    const form = new FormData();
    form.append("name", name.value.trim());
    form.append("audience", audience.value);
    form.append("file", file.files[0]);
    try {
      const saved = await upload("/evaluations/sets", form, () => null);
      tell(say("imported", { name: saved.name, number: saved.number, cases: number(saved.cases) }));
      await setsView(view);
    } catch (error) {
      if (error.more?.faults) fill(faults, faultList(error.more));
      throw error.more?.faults ? say("faults", { count: number(error.more.count) }) : error;
    }
  };
  askFirst({
    title: say("import_title"),
    body: [h("p", { className: "hint" }, say("import_hint")), field(say("file"), file, say("file_hint")), field(say("set_name"), name, say("set_name_hint")), field(say("audience"), audience, say("audience_hint")), faults],
    confirm: say("import"),
    act,
  });
}
