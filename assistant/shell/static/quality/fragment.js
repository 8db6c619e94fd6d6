// A part of a report, with the report's own style, shut off from the page's: what the server wrote
// there has all text escaped, and the page's policy lets no script run.
import { Problem, problemLine } from "../shared/api.js";
import { fill, h } from "../shared/dom.js";
import { language, say } from "../shared/words.js";

async function markup(path) {
  const response = await fetch(`/v1${path}`, { headers: { "accept-language": language } }).catch(() => null);
  if (!response) throw new Problem(0, say("no_server"));
  if (response.ok) return response.text();
  const given = await response.json().catch(() => null);
  throw new Problem(response.status, given?.error || say("failed"), given || {});
}

export async function fragment(element, path) {
  fill(element, h("p", { className: "loading" }, say("loading")));
  try {
    const parsed = new DOMParser().parseFromString(await markup(path), "text/html");
    const host = h("div", { className: "of-report" });
    const style = h("link", { rel: "stylesheet", href: "/voz/quality/report.css" });
    const body = h("div", { className: "body" });
    body.append(...[...parsed.body.childNodes].map((node) => document.importNode(node, true)));
    host.attachShadow({ mode: "open" }).append(style, body);
    fill(element, host);
  } catch (error) {
    fill(element, problemLine(error, () => fragment(element, path)));
  }
}
