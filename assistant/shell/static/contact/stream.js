// The events of a contact as they happen: a WebSocket that comes back by itself after the last event.
import { get } from "../shared/api.js";
import { button, fill, find, h } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { told } from "./state.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15000;
const ENDED = 1000;
const SIGNED_OUT = 4401;
const GONE = 4404;

export function openStream(key, page) {
  const handlers = new Map();
  let socket = null;
  let after = 0;
  let waited = 0;
  let timer = null;
  let over = false;

  const on = (kind, handler) => {
    if (!handlers.has(kind)) handlers.set(kind, new Set());
    handlers.get(kind).add(handler);
    return () => handlers.get(kind).delete(handler);
  };

  function take(event) {
    if (event.event === undefined || event.event <= after) return;
    after = event.event;
    told(handlers.get(event.kind), event);
    if (event.kind === "ended") ended();
  }

  function connect() {
    clearTimeout(timer);
    if (over) return;
    if (!waited) connection("connecting");
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    let opened = false;
    socket = new WebSocket(`${scheme}://${location.host}/v1/contacts/${key}/events?after=${after}`);
    socket.onopen = () => {
      opened = true;
      waited = 0;
      connection("connected");
      told(handlers.get("connected"));
    };
    socket.onmessage = (message) => take(JSON.parse(message.data));
    socket.onclose = ({ code }) => lost(code, opened);
  }

  function lost(code, opened) {
    if (over) return undefined;
    if (code === ENDED && opened) return ended();
    if (code === SIGNED_OUT || code === GONE) return ask();
    return again(opened ? null : ask);
  }

  function again(look) {
    waited = Math.min(LONGEST_WAIT_MS, waited ? waited * 2 : FIRST_WAIT_MS);
    connection("lost");
    clearTimeout(timer);
    // Spread out: a server that comes back is not met by everybody at once
    timer = setTimeout(look || connect, waited * (0.75 + Math.random() / 2));
  }

  // Without a WebSocket a browser does not tell why: the same address says it, and the news with it.
  async function ask() {
    try {
      const given = await get(`/contacts/${key}/events?after=${after}`);
      given.events.forEach(take);
      if (given.state === "ended" && given.events.length < 100) ended();
      else if (!over) connect();
    } catch (error) {
      if (over) return;
      if (error.status === 401) return stop("signed_out_here");
      if (error.status === 404) return stop("gone");
      again(ask);
    }
  }

  function ended() {
    stop("ended");
    page.set("state", "ended");
  }

  function stop(state) {
    over = true;
    clearTimeout(timer);
    connection(state);
    socket?.close();
  }

  function connection(state) {
    const line = find("#connection");
    line.dataset.state = state;
    const retry = { lost: () => connect(), signed_out_here: resume }[state];
    fill(line, h("span", {}, say(`connection_${state}`)), retry ? button(say("connect_now"), retry) : null);
  }

  function resume() {
    over = false;
    fill(find("#banner"));
    ask();
  }

  const online = () => !over && socket?.readyState !== WebSocket.OPEN && connect();
  window.addEventListener("online", online);

  return {
    on,
    start: () => (page.state() === "ended" ? ask() : connect()),
    close: () => {
      window.removeEventListener("online", online);
      over = true;
      clearTimeout(timer);
      if (socket) socket.onclose = null;
      socket?.close();
    },
    connected: () => socket?.readyState === WebSocket.OPEN,
  };
}
