// Requests to the REST API. What goes wrong is a `Problem` with one line for people.
import { button, fill, find, h } from "./dom.js";
import { language, say } from "./words.js";

export class Problem extends Error {
  constructor(status, line, more = {}) {
    super(line);
    this.status = status;
    this.more = more;
  }
}

function problemOf(status, body) {
  if (status === 401) signedOut();
  return new Problem(status, (body && body.error) || say(status === 404 ? "not_found" : "failed"), body || {});
}

async function ask(method, path, body) {
  const headers = { "accept-language": language };
  if (body !== undefined) headers["content-type"] = "application/json";
  let response;
  try {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    response = await fetch(`/v1${path}`, { method, headers, body: sent });
  } catch {
    throw new Problem(0, say("no_server"));
  }
  const given = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(response.status, given);
  return given;
}

export const get = (path) => ask("GET", path);
export const post = (path, body = {}) => ask("POST", path, body);
export const patch = (path, body) => ask("PATCH", path, body);
export const remove = (path) => ask("DELETE", path);

// XMLHttpRequest, since fetch does not tell how much has been sent.
export function upload(path, form, onprogress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/v1${path}`);
    request.setRequestHeader("accept-language", language);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onprogress(event.loaded / event.total);
    request.onerror = () => reject(new Problem(0, say("no_server")));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response);
      else reject(problemOf(request.status, request.response));
    };
    request.send(form);
  });
}

// A session can end while the page is open: what is typed stays, and after signing in in another
// tab the page goes on.
function signedOut() {
  const link = h("a", { href: "/login", target: "_blank", onclick: () => fill(find("#banner")) }, say("sign_in"));
  fill(find("#banner"), h("p", {}, say("signed_out"), " ", link));
}

export function problemLine(problem, again) {
  const line = typeof problem === "string" ? problem : problem instanceof Problem ? problem.message : say("failed");
  if (problem instanceof Error && !(problem instanceof Problem)) console.error(problem);
  return h(
    "div",
    { className: "problem", role: "alert" },
    h("p", {}, line),
    again ? button(say("retry"), again) : null,
  );
}
