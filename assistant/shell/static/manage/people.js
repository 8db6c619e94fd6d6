// Audiences, and the accounts of those who may do something for them.
import { get, patch, post, problemLine, remove } from "../shared/api.js";
import { askFirst, show, tell } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { audienceOptions, audienceTitle, loadAudiences, may, state, takeAudiences } from "./state.js";
import { number, say } from "../shared/words.js";

const ROLES = ["agent", "expert", "manager", "approver", "qa", "admin"];

// ---- audiences ----

export function audiencesView(view) {
  const again = () => audiencesView(view);
  const manages = new Set(state.me.may.manage_audiences);
  const rows = audienceOptions().map(([label, title, depth]) => audienceRow(label, title, depth, manages.has(label), again));
  fill(
    view,
    h("div", { className: "bar" }, h("h2", {}, say("audiences_title")), manages.size ? button(say("audience_add"), () => addAudience(again), { className: "primary" }) : null),
    h("p", { className: "hint" }, say("audiences_hint")),
    h("ul", { className: "tree card" }, rows),
  );
}

function audienceRow(label, title, depth, manages, again) {
  const carried = state.sources.filter((one) => one.audience.includes(label)).length;
  const root = !state.audiences.find((one) => one.label === label).parent;
  const count = carried ? say("audience_sources", { count: number(carried) }) : "";
  return h(
    "li",
    { className: `depth-${Math.min(depth, 4)}` },
    h("strong", {}, title),
    h("span", { className: "name" }, label),
    h("span", { className: "muted" }, count),
    manages ? button(say("audience_rename"), () => rename(label, title, again)) : null,
    manages && !root ? button(say("audience_remove"), () => removeAudience(label, title, again)) : null,
  );
}

async function taken(answer, line, again) {
  takeAudiences(answer);
  state.me = await get("/me");
  again();
  tell(line);
}

function addAudience(again) {
  const label = h("input", { required: true, maxLength: 40, pattern: "[a-z0-9]+(-[a-z0-9]+)*", autocapitalize: "none" });
  const title = h("input", { required: true, maxLength: 80 });
  const parent = choice(audienceOptions("manage_audiences"), state.me.may.manage_audiences[0]);
  parent.value = audienceOptions("manage_audiences")[0][0];
  askFirst({
    title: say("audience_add"),
    body: [field(say("audience_name"), title), field(say("audience_label"), label, say("audience_label_hint")), field(say("audience_parent"), parent)],
    confirm: say("save"),
    act: async () => taken(await post("/audiences", { label: label.value, title: title.value, parent: parent.value }), say("audience_added"), again),
  });
}

function rename(label, title, again) {
  const input = h("input", { required: true, maxLength: 80, value: title });
  askFirst({
    title: say("audience_rename"),
    body: [field(say("audience_name"), input)],
    confirm: say("save"),
    act: async () => taken(await patch(`/audiences/${label}`, { title: input.value }), say("saved"), again),
  });
}

function removeAudience(label, title, again) {
  askFirst({
    title: say("audience_remove_title", { name: title }),
    body: [h("p", {}, say("audience_remove_hint"))],
    confirm: say("audience_remove"),
    danger: true,
    act: async () => taken(await remove(`/audiences/${label}`), say("audience_removed"), again),
  });
}

// ---- accounts ----

export async function accountsView(view) {
  if (!may("manage_accounts")) return fill(view, h("p", { className: "empty" }, say("nothing_for_you")));
  if (!view.querySelector("table")) fill(view, h("p", { className: "loading" }, say("loading")));
  let users;
  try {
    await loadAudiences();
    ({ users } = await get("/users"));
  } catch (error) {
    return fill(view, problemLine(error, () => accountsView(view)));
  }
  const again = () => accountsView(view);
  const heads = [say("account_name"), say("account_grants"), ""].map((text) => (text ? h("th", { scope: "col" }, text) : h("td", {})));
  return fill(
    view,
    h("div", { className: "bar" }, h("h2", {}, say("accounts_title")), button(say("account_add"), () => addAccount(again), { className: "primary" })),
    h("table", { className: "sources plain" }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, users.map((user) => userRow(user, again)))),
  );
}

function userRow(user, again) {
  const facts = [user.name, user.provider ? say("account_provider", { name: user.provider }) : "", user.disabled ? say("account_disabled") : ""];
  const named = h("th", { scope: "row" }, user.display_name || user.name, h("span", { className: "name" }, facts.filter(Boolean).join(" · ")));
  const grants = h("td", { "data-label": say("account_grants") }, user.grants.map((grant) => grantChip(user, grant, again)), button(say("account_grant"), () => give(user, again)));
  const password = user.provider ? null : button(say("account_password"), () => renewPassword(user, again));
  const door = user.disabled ? button(say("account_enable"), () => enable(user, again)) : button(say("account_disable"), () => disable(user, again));
  return h("tr", { className: user.disabled ? "off-duty" : "" }, named, grants, h("td", { className: "doors" }, h("div", { className: "buttons" }, password, door)));
}

function grantText(grant) {
  const [role, label] = grant.split("@");
  return `${say(`role_${role}`)}: ${audienceTitle(label)}`;
}

function grantChip(user, grant, again) {
  const text = grantText(grant);
  const revoke = () =>
    askFirst({
      title: say("account_revoke_title", { name: user.name, grant: text }),
      body: [h("p", {}, say("account_revoke_hint"))],
      confirm: say("account_revoke", { grant: "" }).trim(),
      danger: true,
      act: async () => (await post(`/users/${user.name}/revoke`, { grant }), again()),
    });
  return h("span", { className: "chip grant" }, text, button("×", revoke, { "aria-label": say("account_revoke", { grant: text }) }));
}

function grantFields() {
  const role = choice(ROLES.map((name) => [name, say(`role_${name}`)]), "agent");
  const audiences = audienceOptions("manage_accounts");
  const audience = choice(audiences, audiences[0]?.[0]);
  return { fields: h("div", { className: "pair" }, field(say("account_role"), role), field(say("audience"), audience)), value: () => `${role.value}@${audience.value}` };
}

function give(user, again) {
  const grant = grantFields();
  askFirst({
    title: `${say("account_grant")}: ${user.display_name || user.name}`,
    body: [grant.fields],
    confirm: say("save"),
    act: async () => (await post(`/users/${user.name}/grant`, { grant: grant.value() }), again()),
  });
}

function addAccount(again) {
  const name = h("input", { required: true, maxLength: 64, autocapitalize: "none", spellcheck: false, autocomplete: "off" });
  const display = h("input", { maxLength: 120 });
  const grant = grantFields();
  askFirst({
    title: say("account_add"),
    body: [field(say("account_name"), name), field(say("account_display"), display), grant.fields],
    confirm: say("save"),
    act: async () => {
      const given = { name: name.value, display_name: display.value, grants: [grant.value()] };
      told(await post("/users", given));
      again();
      tell(say("account_added"));
    },
  });
}

function renewPassword(user, again) {
  askFirst({
    title: say("account_password_title", { name: user.name }),
    body: [h("p", {}, say("account_password_hint"))],
    confirm: say("account_password"),
    danger: true,
    act: async () => (told(await post(`/users/${user.name}/password`)), again()),
  });
}

function told({ name, password }) {
  const copy = button(say("copy"), async () => {
    await navigator.clipboard?.writeText(password);
    tell(say("copied"));
  });
  show(say("account_password"), h("p", {}, say("account_told", { name })), h("p", { className: "secret" }, h("code", {}, password), " ", copy));
}

function disable(user, again) {
  askFirst({
    title: say("account_disable_title", { name: user.name }),
    body: [h("p", {}, say("account_disable_hint"))],
    confirm: say("account_disable"),
    danger: true,
    act: async () => (await post(`/users/${user.name}/disable`), again()),
  });
}

async function enable(user, again) {
  await post(`/users/${user.name}/enable`).catch((error) => tell(error.message));
  again();
}
