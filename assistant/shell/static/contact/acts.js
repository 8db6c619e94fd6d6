// What the agent does with suggestions, told to the server beside the doing; nothing waits for it.
import { post } from "../shared/api.js";
import { fold } from "../shared/words.js";

const TOGETHER_MS = 400;
const EDITED_FROM = 0.5; // share of a suggestion's words that are still there when it is sent

export function actsView(key, talk) {
  const shown = new Set();
  const put = new Map(); // suggestion -> words that were put where the agent writes
  let waiting = [];
  let timer = null;

  function add(act, suggestion) {
    waiting.push({ act, suggestion });
    timer ||= setTimeout(send, TOGETHER_MS);
  }

  async function send() {
    clearTimeout(timer);
    timer = null;
    const acts = waiting.splice(0, 50);
    if (!acts.length) return;
    try {
      await post(`/contacts/${key}/suggestions/acts`, { acts });
    } catch (error) {
      if (error.status === 0 || error.status === 503) {
        waiting.unshift(...acts); // they go with the next one
      }
    }
  }

  talk.onSent((text) => {
    for (const [suggestion, words] of put) {
      const kept = share(words, text);
      if (kept === 1 && fold(text).includes(fold(words))) add("used", suggestion);
      else if (kept >= EDITED_FROM) ["edited", "used"].forEach((act) => add(act, suggestion));
    }
    put.clear();
  });

  return {
    add,
    put: (suggestion, words) => put.set(suggestion, words),
    shown: (keys) => {
      for (const one of keys.filter((each) => !shown.has(each))) {
        shown.add(one);
        add("shown", one);
      }
    },
    end: send,
  };
}

const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

function share(words, text) {
  const wanted = wordsOf(words);
  const there = new Set(wordsOf(text));
  return wanted.length ? wanted.filter((word) => there.has(word)).length / wanted.length : 0;
}
