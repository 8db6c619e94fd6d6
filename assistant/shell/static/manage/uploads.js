// Files on their way in: chosen or dropped, sent one after the other, followed until each is a
// draft or it is known why not. What did not get in stays listed and can be sent again.
import { get, post, problemLine, upload } from "../shared/api.js";
import { cardDialog, firstAudience } from "./cards.js";
import { askFirst } from "../shared/dialog.js";
import { button, choice, field, fill, find, h, ticks } from "../shared/dom.js";
import { audienceOptions, keep, may, state } from "./state.js";
import { daysGiven, momentText, refusal, say } from "../shared/words.js";

const LOOK_MS = 700;
const FOLLOWED = 20; // of the documents of one archive or address; the list of all shows the others
const tray = []; // every file and job of this visit, newest first
let sending = false;

export function addButtons() {
  const pick = (folder) => choose((files) => uploadDialog(files), { folder });
  return h(
    "div",
    { className: "buttons" },
    button(say("upload"), () => pick(false), { className: "primary", id: "upload" }),
    button(say("upload_folder"), () => pick(true)),
    state.me.can_import_urls ? button(say("import_url"), () => addressDialog(), { id: "import-url" }) : null,
    button(say("card_new"), () => cardDialog()),
  );
}

export const versionButton = (source) =>
  button(say("new_version"), () => choose((files) => uploadDialog(files, source), { one: true }), { id: "new-version" });

function choose(then, { folder = false, one = false }) {
  const input = h("input", { type: "file", multiple: !one, hidden: true });
  if (folder) input.setAttribute("webkitdirectory", "");
  input.addEventListener("change", () => {
    const files = [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
    input.remove();
    if (files.length) then(files);
  });
  document.body.append(input);
  input.click();
}

// ---- dropped on the page ----

export function acceptDrops() {
  const shade = h("p", { id: "drop", hidden: true }, say("upload_drop"));
  document.body.append(shade);
  const carries = (event) => may("edit_source") && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    shade.hidden = false;
  });
  document.addEventListener("dragleave", (event) => (shade.hidden = shade.hidden || event.relatedTarget === null));
  document.addEventListener("drop", async (event) => {
    shade.hidden = true;
    if (!carries(event)) return;
    event.preventDefault();
    if (find("dialog[open]")) return;
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => ({ file, name: file.name }));
    const files = entries.length ? (await Promise.all(entries.map((entry) => filesOf(entry)))).flat() : plain;
    if (files.length) uploadDialog(files, openSource(files));
  });
}

function openSource(files) {
  const id = Number(/^#\/source\/(\d+)/.exec(location.hash)?.[1]);
  return files.length === 1 && state.sources.find((one) => one.id === id && one.may.includes("edit_source"));
}

async function filesOf(entry, path = "") {
  const name = path ? `${path}/${entry.name}` : entry.name;
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) return new Promise((resolve) => entry.file((file) => resolve([{ file, name }]), () => resolve([])));
  const reader = entry.createReader();
  const inside = [];
  for (;;) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (!some.length) break;
    inside.push(...some);
  }
  return (await Promise.all(inside.map((one) => filesOf(one, name)))).flat();
}

// ---- before they are sent ----

function uploadDialog(given, target = null) {
  const files = given.filter(({ name }) => !name.split("/").some((part) => part.startsWith(".")));
  const rows = files.map((one) => fileRow(one, target));
  const list = h("ul", { className: "files" }, rows.map((one) => one.element));
  const note = h("input", { maxLength: 400 });
  const first = h("input", { type: "date" });
  const last = h("input", { type: "date" });
  const boxes = ticks(say("upload_audience"), audienceOptions("edit_source"), firstAudience());
  const onlyVersions = () => rows.filter((one) => !one.gone).every((one) => one.source());
  const watch = () => (boxes.element.hidden = onlyVersions());
  list.addEventListener("change", watch);
  watch();
  const title = files.length === 1 ? say("upload_title_one", { name: files[0].name }) : say("upload_title", { count: files.length });
  askFirst({
    title,
    body: [
      h("p", { className: "hint" }, say("upload_hint")),
      list,
      boxes.element,
      field(`${say("upload_note")} (${say("optional")})`, note),
      h("div", { className: "pair" }, field(say("first_day"), first, say("first_day_new")), field(say("last_day"), last, say("last_day_hint"))),
    ],
    confirm: say("upload_go"),
    act: async () => {
      const shared = { note: note.value, ...daysGiven(first.value, last.value) };
      const wanted = rows.filter((one) => !one.gone).map((one) => ({ ...one.file, source: one.source(), audience: boxes.values(), ...shared }));
      tray.unshift(...wanted.map((one) => ({ ...one, state: "queued", line: say("upload_queued") })).reverse());
      sendAll();
    },
  });
}

function addressDialog() {
  const url = h("input", { type: "url", required: true, maxLength: 2000, placeholder: "https://" });
  const note = h("input", { maxLength: 400 });
  const first = h("input", { type: "date" });
  const last = h("input", { type: "date" });
  const boxes = ticks(say("upload_audience"), audienceOptions("edit_source"), firstAudience());
  askFirst({
    title: say("import_url_title"),
    body: [
      h("p", { className: "hint" }, say("import_url_hint"), " ", say("upload_hint")),
      field(say("import_address"), url),
      boxes.element,
      field(`${say("upload_note")} (${say("optional")})`, note),
      h("div", { className: "pair" }, field(say("first_day"), first, say("first_day_new")), field(say("last_day"), last, say("last_day_hint"))),
    ],
    confirm: say("import_go"),
    act: async () => {
      const address = url.value.trim();
      const days = daysGiven(first.value, last.value);
      tray.unshift({ name: address, url: address, audience: boxes.values(), note: note.value, ...days, state: "queued", line: say("upload_queued") });
      sendAll();
    },
  });
}

// A file that is called like a source is most likely its next version.
function fileRow(file, target) {
  const max = state.me.max_upload_mb;
  const like = target || state.sources.find((one) => one.may.includes("edit_source") && one.name === file.name) || byLastPart(file.name);
  const select = choice([["", say("upload_new")], ...(like ? [[String(like.id), say("upload_version_of", { name: like.title })]] : [])], like ? String(like.id) : "", {
    "aria-label": `${say("upload_as")}: ${file.name}`,
  });
  const tooLarge = file.file.size > max * 1048576 ? h("span", { className: "bad" }, say("upload_too_large", { mb: max })) : null;
  const packed = isArchive(file.name) ? h("span", { className: "hint" }, say("upload_archive")) : null;
  const row = { file, gone: Boolean(tooLarge), source: () => (!packed && select.value ? Number(select.value) : null) };
  const drop = button("×", () => ((row.gone = true), row.element.remove()), { "aria-label": say("upload_remove", { name: file.name }) });
  row.element = h("li", {}, h("span", { className: "name" }, file.name), tooLarge || packed || select, drop);
  return row;
}

const isArchive = (name) => name.toLowerCase().endsWith(".zip");

function byLastPart(name) {
  const last = name.split("/").at(-1);
  const found = state.sources.filter((one) => one.may.includes("edit_source") && one.name.split("/").at(-1) === last);
  return found.length === 1 ? found[0] : null;
}

// ---- on their way ----

async function sendAll() {
  if (sending) return;
  sending = true;
  for (let next; (next = tray.findLast((one) => (one.file || one.url) && one.state === "queued")); ) await send(next);
  sending = false;
}

async function send(item) {
  item.state = "sending";
  const many = item.url || isArchive(item.name);
  const form = new FormData();
  if (item.source) form.append("source", item.source);
  else {
    if (!many) form.append("name", item.name);
    item.audience.forEach((label) => form.append("audience", label));
  }
  ["url", "note", "valid_from", "valid_to"].forEach((key) => item[key] && form.append(key, item[key]));
  if (item.file) form.append("file", item.file, item.file.name);
  try {
    const job = await upload(many ? "/imports" : "/sources", form, (share) => tellOf(item, say("upload_sending", { percent: Math.floor(100 * share) }), share / 3));
    follow(item, job);
  } catch (error) {
    failed(item, refusal(item.name, error.more?.code, error.message), error.more?.source);
  }
}

export function followJob(job) {
  const item = { name: job.title, state: "sending", line: say("upload_queued") };
  tray.unshift(item);
  follow(item, job);
}

async function follow(item, job) {
  item.state = "working";
  item.job = job.id;
  while (item.state === "working") {
    if (job.state === "done") await arrived(item, job.result);
    else if (["failed", "interrupted", "cancelled"].includes(job.state)) failed(item, lineOfFailure(job));
    else {
      tellOf(item, ...lineOf(job));
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      job = await get(`/jobs/${job.id}`).catch(() => job);
    }
  }
}

const lineOfFailure = (job) => refusal(job.title, job.result.code, job.message) || say(`job_${job.state}`);

function lineOf(job) {
  if (job.state === "queued") return [job.message || say("upload_queued"), 0.33];
  if (!job.total) return [say("upload_reading"), 0.4];
  if (job.kind === "import") return [say("import_going", { done: job.done, total: job.total }), job.done / job.total];
  return [say("upload_embedding", { done: job.done, total: job.total }), 0.4 + 0.6 * (job.done / Math.max(1, job.total))];
}

async function arrived(item, result) {
  item.state = "done";
  if (result.jobs) return unpacked(item, result);
  item.opens = result.source;
  const values = { number: result.version };
  tellOf(item, say(result.outcome === "unchanged" ? "upload_unchanged" : "upload_draft", values), 1);
  const source = await get(`/sources/${result.source}`).catch(() => null);
  if (source) keep(source);
  window.dispatchEvent(new CustomEvent("sources-changed", { detail: result.source }));
}

// An archive or an address has become uploads of their own; what gave none is told with its reason.
async function unpacked(item, result) {
  item.refused = result.refused;
  tellOf(item, say("import_done", { count: result.brought, refused: result.refused_count }), 1);
  for (const number of result.jobs.slice(0, FOLLOWED)) {
    const job = await get(`/jobs/${number}`).catch(() => null);
    if (job) followJob(job);
  }
}

function failed(item, line, source) {
  item.state = "failed";
  item.exists = source;
  tellOf(item, source ? say("upload_exists") : line, 0);
}

function again(item, source = item.source) {
  Object.assign(item, { state: "queued", line: say("upload_queued"), source, exists: null });
  drawTray();
  sendAll();
}

export const busy = () => tray.some((one) => (one.file || one.url) && (one.state === "queued" || one.state === "sending"));

function tellOf(item, line, share = 0) {
  Object.assign(item, { line, share });
  drawTray();
}

function drawTray() {
  const element = find("#tray");
  element.hidden = !tray.length;
  const working = tray.filter((one) => one.state !== "done" && one.state !== "failed").length;
  const close = button("×", () => (tray.splice(0), drawTray()), { "aria-label": say("close"), disabled: working > 0 });
  fill(element, h("div", { className: "dialog-top" }, h("h2", {}, say("tab_jobs")), close), h("ul", { role: "status" }, tray.slice(0, 50).map(trayRow)));
}

function trayRow(item) {
  const bar = item.state === "working" || item.state === "sending" ? h("progress", { max: 1, value: item.share || 0, "aria-label": item.name }) : null;
  const retry = item.state === "failed" && (item.file || item.url) ? button(say("retry"), () => again(item)) : null;
  const version = item.exists ? button(say("upload_as_version"), () => again(item, item.exists)) : null;
  const link = item.opens ? h("a", { href: `#/source/${item.opens}` }, say("open")) : null;
  return h("li", { className: item.state }, h("span", { className: "name" }, item.name), h("span", { className: "line" }, item.line), bar, version || retry, link, refusals(item));
}

function refusals(item) {
  if (!item.refused?.length) return null;
  const lines = item.refused.map((one) => h("li", {}, refusal(one.name, one.code, one.reason)));
  return h("details", {}, h("summary", {}, say("import_refused", { count: item.refused.length })), h("ul", {}, lines));
}

// ---- all jobs, of others too ----

export async function jobsView(view) {
  fill(view, h("p", { className: "loading" }, say("loading")));
  try {
    const { jobs } = await get("/jobs");
    fill(view, h("h2", {}, say("tab_jobs")), jobs.length ? jobTable(jobs, view) : h("p", { className: "empty" }, say("jobs_none")));
  } catch (error) {
    fill(view, problemLine(error, () => jobsView(view)));
  }
}

function jobTable(jobs, view) {
  const heads = ["job_what", "job_who", "job_when", "job_state"].map((key) => h("th", { scope: "col" }, say(key)));
  return h("table", { className: "sources plain" }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, jobs.map((job) => jobRow(job, view))));
}

function jobRow(job, view) {
  const runsAgain = (job.state === "failed" && !job.result.code) || ["interrupted", "cancelled"].includes(job.state);
  const run = async () => {
    await post(`/jobs/${job.id}/again`).catch((error) => fill(find("#banner"), problemLine(error)));
    jobsView(view);
  };
  const title = job.kind === "rebuild" ? say("job_rebuild") : job.title;
  const link = job.result.source ? h("a", { href: `#/source/${job.result.source}` }, title) : title;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, link),
    h("td", { "data-label": say("job_who") }, job.actor),
    h("td", { "data-label": say("job_when") }, momentText(job.created_at)),
    h("td", { "data-label": say("job_state") }, h("span", { className: `chip ${job.state}` }, say(`job_${job.state}`)), " ", refusal(job.title, job.result.code, job.message), runsAgain ? button(say("job_again"), run) : null),
  );
}
