// What was read of a version and how it was cut: to be looked at before it is submitted.
import { get, problemLine } from "../shared/api.js";
import { show } from "../shared/dialog.js";
import { button, fill, h } from "../shared/dom.js";
import { number, say } from "../shared/words.js";

const AT_ONCE = 200;

export async function showVersion(source, version) {
  const body = h("div", { className: "preview", tabIndex: 0, role: "region", "aria-label": say("preview") }, h("p", { className: "loading" }, say("loading")));
  show(say("preview_title", { number: version.number }), h("p", { className: "hint" }, say("preview_hint")), body);
  const load = async () => {
    try {
      draw(body, await get(`/sources/${source.id}/versions/${version.number}`));
    } catch (error) {
      fill(body, problemLine(error, load));
    }
  };
  await load();
}

function draw(body, text) {
  const content = h("div");
  const cut = () => fill(content, passages(text.passages, AT_ONCE));
  const running = () => fill(content, h("pre", { lang: text.language }, text.text));
  const choose = (event, view) => {
    [...event.target.parentElement.children].forEach((one) => one.setAttribute("aria-pressed", one === event.target));
    view();
  };
  const tabs = h(
    "div",
    { className: "buttons" },
    button(`${say("preview_cut")} (${number(text.passages.length)})`, (event) => choose(event, cut), { "aria-pressed": "true" }),
    button(say("preview_text"), (event) => choose(event, running), { "aria-pressed": "false" }),
  );
  fill(body, tabs, content);
  cut();
}

function passages(all, count) {
  const more = button(say("show_more", { count: Math.min(AT_ONCE, all.length - count) }), () => {
    more.replaceWith(...passages(all, count + AT_ONCE).slice(count));
  });
  return [...all.slice(0, count).map(passage), ...(all.length > count ? [more] : [])];
}

function passage(one) {
  const place = one.page ? say("page", { number: one.page }) : one.row ? say("row", { number: one.row }) : "";
  const above = [one.headings.join(" › "), place].filter(Boolean).join(" · ");
  return h("article", { className: "passage" }, h("p", { className: "muted" }, above), h("p", { lang: one.language }, one.text));
}
