// The queue as it changes: a WebSocket that comes back by itself.
import { get } from "../shared/api.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15000;
const SIGNED_OUT = 4401;

export function follow({ draw, connection, failed }) {
  let waited = 0;
  let timer = null;
  let socket = null;

  function connect() {
    clearTimeout(timer);
    const address = new URL("/v1/escalations/queue", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(address);
    socket.onopen = () => {
      waited = 0;
      connection("connected");
    };
    socket.onmessage = ({ data }) => draw(JSON.parse(data).escalations);
    socket.onclose = ({ code }) => {
      if (code === SIGNED_OUT) connection("signed_out_here");
      else connection("lost");
      again(ask);
    };
  }

  function again(next) {
    waited = Math.min(LONGEST_WAIT_MS, waited * 2 || FIRST_WAIT_MS);
    clearTimeout(timer);
    // Spread out: a server that comes back is not met by everybody at once
    timer = setTimeout(next, waited * (0.75 + Math.random() / 2));
  }

  // Without a WebSocket a browser does not tell why: the same address says it, and the queue with it.
  async function ask() {
    try {
      draw((await get("/escalations/queue")).escalations);
      connect();
    } catch (error) {
      if (error.status === 401) connection("signed_out_here");
      else failed(error);
      again(ask);
    }
  }

  window.addEventListener("online", () => socket?.readyState !== WebSocket.OPEN && connect());
  connect();
}
