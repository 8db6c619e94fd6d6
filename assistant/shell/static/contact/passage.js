// A cited passage in its document, over the right-hand column; Esc closes it.
import { get, problemLine } from "../shared/api.js";
import { button, fill, find, h } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { versionOf } from "./statement.js";

let before = null;

export async function openPassage(citation) {
  if (!find("#passage")) before = document.activeElement;
  find("#passage")?.remove();
  const body = h("div", { className: "context", tabIndex: 0 }, h("p", { className: "loading" }, say("loading")));
  const close = button([say("close"), " ", h("kbd", {}, "Esc")], closePassage);
  const heading = h("h2", { tabIndex: -1, id: "passage-title", lang: citation.language }, citation.title);
  const place = [citation.heading, citation.page ? say("page", { number: citation.page }) : "", citation.document, versionOf(citation)];
  const view = h(
    "section",
    { id: "passage", "aria-labelledby": "passage-title" },
    h("header", {}, h("div", { className: "row" }, heading, close), h("p", { className: "muted" }, place.filter(Boolean).join(" · "))),
    body,
  );
  find("#side").append(view);
  heading.focus();
  await load(citation, body);
}

async function load(citation, body) {
  const { document: name, version, start, end, page } = citation;
  const query = new URLSearchParams({ document: name, version, start, end, ...(page ? { page } : {}) });
  try {
    const found = await get(`/passage?${query}`);
    fill(body, drawn(found), found.page_image ? image(found, citation) : null);
    body.lang = found.language;
    body.querySelector("mark")?.scrollIntoView({ block: "center" });
  } catch (error) {
    fill(body, problemLine(error, () => load(citation, body)), h("blockquote", { lang: citation.language }, citation.quote));
  }
}

function drawn(found) {
  return [
    found.first ? null : h("p", { className: "muted" }, "…"),
    found.blocks.map((block) =>
      h(
        "p",
        { className: `b-${block.kind}` },
        block.internal ? h("span", { className: "chip internal" }, say("internal")) : null,
        block.before,
        block.marked ? h("mark", {}, block.marked) : null,
        block.after,
      ),
    ),
    found.last ? null : h("p", { className: "muted" }, "…"),
  ];
}

function image(found, citation) {
  const titled = { number: citation.page, title: citation.title };
  const picture = h("img", { alt: say("page_image", titled), loading: "lazy" });
  return h("details", { ontoggle: () => (picture.src ||= found.page_image) }, h("summary", {}, say("page_image", titled)), picture);
}

export function closePassage() {
  if (!find("#passage")) return false;
  find("#passage").remove();
  if (before?.isConnected) before.focus();
  return true;
}
