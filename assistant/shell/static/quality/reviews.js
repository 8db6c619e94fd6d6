// Contacts to review, the samples they come from, scorecards, and what reviews come to.
import { get, post, problemLine, remove } from "../shared/api.js";
import { askFirst, show, tell } from "../shared/dialog.js";
import { button, choice, field, fill, h, ticks } from "../shared/dom.js";
import { resultsOf, reviewedCard } from "../shared/reviews.js";
import { dayText, momentText, number, say, shiftDay, today } from "../shared/words.js";
import { reviewKey, taskView } from "./reviewing.js";
import { audienceOptions, audienceTitle, learnTitles } from "./state.js";

const DAYS = 30;
const taskHash = (task) => `#/reviews/task/${task.number}`;

// #/reviews, #/reviews/task/NUMBER, #/reviews/results, #/reviews/results/SAMPLE
export function reviewsView(view, hash) {
  const [, , what, id] = hash.split("/");
  if (what === "task") return taskView(view, Number(id));
  if (what === "results") return resultsView(view, id);
  return overview(view);
}

export function reviewsKey(event, hash) {
  if (hash.startsWith("#/reviews/task/")) return reviewKey(event);
  const step = { j: 1, k: -1 }[event.key];
  const links = [...document.querySelectorAll(".case-list a")];
  if (!step || !links.length) return false;
  const at = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, at < 0 ? 0 : at + step))].focus();
  return true;
}

async function overview(view) {
  fill(view, h("p", { className: "loading" }, say("loading")));
  try {
    const [cards, { samples }, { tasks }] = await Promise.all([get("/reviews/scorecards"), get("/reviews/samples"), get("/reviews/tasks")]);
    draw(view, learnTitles(cards), samples, tasks);
  } catch (error) {
    fill(view, h("h2", {}, say("failed_load")), problemLine(error, () => overview(view)));
  }
}

function draw(view, cards, samples, tasks) {
  const open = tasks.filter((one) => one.state === "open");
  const done = tasks.filter((one) => one.state === "in");
  const drawButton = button(say("draw"), () => drawDialog(view, cards), { className: "primary", disabled: !cards.scorecards.length });
  const empty = h("div", { className: "empty" }, h("h2", {}, say("tasks_none")), h("p", {}, say(cards.scorecards.length ? "tasks_none_hint" : "scorecards_none_hint")));
  fill(
    view,
    h("div", { className: "bar" }, h("h2", {}, say("tab_reviews")), h("div", { className: "buttons" }, drawButton, button(say("bring_scorecard"), () => bringDialog(view, cards)), h("a", { className: "as-button", href: "#/reviews/results" }, say("results")))),
    open.length ? h("section", { className: "card" }, h("h3", {}, say("tasks_open", { count: number(open.length) })), h("ol", { className: "case-list" }, open.map(taskRow))) : empty,
    done.length ? h("details", { className: "card" }, h("summary", {}, say("tasks_done", { count: number(done.length) })), h("ol", { className: "case-list" }, done.map(taskRow))) : null,
    samples.length ? h("section", { className: "card" }, h("h3", {}, say("samples")), h("ol", { className: "plain" }, samples.map(sampleRow))) : null,
    cards.scorecards.length ? h("section", { className: "card" }, h("h3", {}, say("scorecards")), h("ol", { className: "plain" }, cards.scorecards.map((one) => cardRow(view, one)))) : null,
  );
}

function taskRow(task) {
  const facts = [say(`tenure_${task.tenure}`), say("sample_number", { number: number(task.sample) }), task.double ? say("for_two") : ""];
  return h(
    "li",
    {},
    h(
      "a",
      { href: taskHash(task), "data-task": task.number, className: task.state === "open" ? "waits" : "" },
      h("span", { className: "question" }, `${say(`channel_${task.channel}`)} · ${task.agent} · ${audienceTitle(task.audience)}`),
      h("span", { className: "name" }, [momentText(task.ended_at), ...facts].filter(Boolean).join(" · ")),
    ),
  );
}

function sampleRow(one) {
  const bar = h("progress", { max: one.tasks, value: one.done, "aria-label": say("sample_far", { done: number(one.done), total: number(one.tasks) }) });
  const facts = [audienceTitle(one.audience), `${dayText(one.first)} – ${dayText(one.last)}`, `${one.scorecard} v${one.version}`, say("sample_contacts", { count: number(one.contacts), population: number(one.population) }), say("seed", { seed: one.seed }), one.drawn_by];
  return h(
    "li",
    { className: "run" },
    h("strong", {}, say("sample_number", { number: number(one.number) })),
    " ",
    say("sample_far", { done: number(one.done), total: number(one.tasks) }),
    one.gone ? ` · ${say("sample_gone", { count: number(one.gone) })}` : null,
    " ",
    h("a", { href: `#/reviews/results/${one.number}` }, say("results")),
    h("p", { className: "name" }, facts.join(" · ")),
    bar,
  );
}

function cardRow(view, one) {
  const path = `/reviews/scorecards/${encodeURIComponent(one.name)}`;
  const drop = () =>
    askFirst({
      title: say("remove_title", { name: one.name }),
      body: [h("p", {}, say("remove_scorecard_hint"))],
      confirm: say("remove"),
      danger: true,
      act: async () => {
        await remove(path);
        await overview(view);
      },
    });
  return h("li", {}, h("strong", {}, one.name), " ", say("version", { number: one.number }), " · ", say("items_count", { count: number(one.items) }), " · ", say("for_audience", { audience: audienceTitle(one.audience) }), h("div", { className: "buttons" }, button(say("look"), () => lookAt(one, path)), h("a", { className: "as-button", href: `/v1${path}/export`, download: "" }, say("export")), button(say("remove"), drop)));
}

async function lookAt(one, path) {
  const body = h("div", {}, h("p", { className: "loading" }, say("loading")));
  show(one.name, body);
  try {
    const card = await get(path);
    const item = (each) => h("li", {}, each.ask, " ", h("span", { className: "muted" }, [say("weight_of", { weight: number(each.weight) }), each.fails ? say(`fails_${each.fails}`) : "", each.measured ? say("by_program") : ""].filter(Boolean).join(" · ")));
    fill(body, h("p", {}, card.title), card.sections.map((section) => [h("h4", {}, `${section.title} · ${say("weight_of", { weight: number(section.weight) })}`), h("ul", { className: "answers" }, section.items.map(item))]));
  } catch (error) {
    fill(body, problemLine(error));
  }
}

async function resultsView(view, sample) {
  fill(view, back(), h("p", { className: "loading" }, say("loading")));
  const query = sample ? `?sample=${encodeURIComponent(sample)}` : "";
  try {
    const [found, { reviewed, cards }] = await Promise.all([get(`/reviews/results${query}`), get(`/reviews${query}`)]);
    const list = reviewed.map((one) => reviewedCard(one, cards[`${one.scorecard} ${one.version}`], audienceTitle));
    const heading = sample ? say("results_of_sample", { number: sample }) : say("results");
    fill(view, back(), h("h2", {}, heading), h("p", { className: "muted" }, `${found.scorecard} v${found.version} · ${say("sample_reviewed", { count: number(found.whole.contacts) })}`), resultsOf(found, audienceTitle), h("h3", {}, say("reviewed")), h("ol", {}, list));
  } catch (error) {
    fill(view, back(), problemLine(error, () => resultsView(view, sample)));
  }
}

const back = () => h("p", { className: "back" }, h("a", { href: "#/reviews" }, `← ${say("tab_reviews")}`));

// ---- dialogs ----

async function drawDialog(view, cards) {
  const card = choice(cards.scorecards.map((one) => [one.name, one.name]), cards.scorecards[0].name);
  const audience = choice(audienceOptions(cards), cards.audiences[0]?.label);
  const first = h("input", { type: "date", required: true, value: shiftDay(today(), -DAYS) });
  const last = h("input", { type: "date", required: true, value: today() });
  const size = h("input", { type: "number", min: 1, max: 500, required: true, value: 30 });
  const double = h("input", { type: "number", min: 0, max: 100, required: true, value: 20 });
  const seed = h("input", { maxLength: 64 });
  const people = h("div");
  let chosen = { values: () => [] };
  const load = async () => {
    try {
      const { reviewers } = await get(`/reviews/reviewers?audience=${encodeURIComponent(audience.value)}`);
      chosen = ticks(say("reviewers"), reviewers.map((name) => [name, name]), reviewers, say("reviewers_hint"));
      fill(people, chosen.element);
    } catch (error) {
      fill(people, problemLine(error, load));
    }
  };
  audience.addEventListener("change", load);
  await load();
  askFirst({
    title: say("draw_title"),
    body: [
      h("p", { className: "hint" }, say("draw_hint")),
      h("div", { className: "pair" }, field(say("scorecard"), card), field(say("whose_contacts"), audience), field(say("first_day"), first), field(say("last_day"), last), field(say("size"), size), field(say("double_share"), double, say("double_hint"))),
      people,
      field(say("seed_label"), seed, say("seed_hint")),
    ],
    confirm: say("draw"),
    act: async () => {
      const made = await post("/reviews/samples", { scorecard: card.value, audience: audience.value, first: first.value, last: last.value, size: Number(size.value), double_share: Number(double.value) / 100, reviewers: chosen.values(), seed: seed.value.trim() || null });
      tell(say("drawn", { number: number(made.number), contacts: number(made.contacts), population: number(made.population) }));
      await overview(view);
    },
  });
}

function bringDialog(view, cards) {
  const file = h("input", { type: "file", accept: ".yaml,.yml,.json", required: true });
  const name = h("input", { required: true, maxLength: 60, pattern: "[a-z0-9]+([.\\-][a-z0-9]+)*" });
  const audience = choice(audienceOptions(cards), cards.audiences[0]?.label);
  const faults = h("div", { className: "faults", role: "alert" });
  file.addEventListener("change", () => {
    fill(faults);
    const stem = file.files[0]?.name.replace(/\.\w+$/, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    if (stem && !name.value) name.value = stem.slice(0, 60);
  });
  askFirst({
    title: say("bring_scorecard"),
    body: [h("p", { className: "hint" }, say("bring_scorecard_hint")), field(say("file"), file, say("scorecard_file_hint")), field(say("set_name"), name, say("set_name_hint")), field(say("whose_reviews"), audience), faults],
    confirm: say("bring_scorecard"),
    act: async () => {
      fill(faults);
      try {
        const saved = await post("/reviews/scorecards", { name: name.value.trim(), audience: audience.value, content: await file.files[0].text() });
        tell(say("scorecard_saved", { name: saved.name, number: number(saved.number), items: number(saved.items) }));
        await overview(view);
      } catch (error) {
        if (error.more?.faults) fill(faults, h("ol", { className: "fault-list", tabIndex: 0, "aria-label": say("faults_list") }, error.more.faults.map((line) => h("li", {}, line))));
        throw error.more?.faults ? say("scorecard_faults", { count: number(error.more.count) }) : error;
      }
    },
  });
}

