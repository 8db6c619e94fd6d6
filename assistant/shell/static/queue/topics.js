// What agents may ask about, and who is on duty for it: for those who keep documents.
import { get, patch, post, problemLine, remove } from "../shared/api.js";
import { askFirst, show } from "../shared/dialog.js";
import { button, choice, field, fill, h } from "../shared/dom.js";
import { say } from "../shared/words.js";

export async function showTopics(changed) {
  const list = h("div", {}, say("loading"));
  show(say("topics_title"), list);

  async function draw() {
    try {
      const { topics } = await get("/escalations/topics");
      const add = button(say("topic_new"), () => edit(null), { className: "primary", id: "new-topic" });
      const none = topics.length ? null : h("p", { className: "muted" }, say("topics_none"));
      fill(list, none, h("ul", { className: "topics" }, topics.map(row)), h("div", { className: "buttons" }, add));
    } catch (error) {
      fill(list, problemLine(error, draw));
    }
  }

  function row(topic) {
    const people = say("topic_people", { count: topic.duties.length });
    return h(
      "li",
      {},
      h("span", { className: "text" }, topic.name, h("span", { className: "name" }, `${topic.audience} · ${people}`)),
      button(say("topic_edit"), () => edit(topic)),
      button(say("topic_remove"), () => drop(topic)),
    );
  }

  async function edit(topic) {
    let audiences;
    try {
      ({ audiences } = await get("/audiences"));
    } catch (error) {
      return fill(list, problemLine(error, draw));
    }
    return editor(topic, audiences, done);
  }

  async function done() {
    await draw();
    changed();
  }

  function drop(topic) {
    askFirst({
      title: say("topic_remove_title", { name: topic.name }),
      body: [h("p", {}, say("topic_remove_hint"))],
      confirm: say("topic_remove"),
      danger: true,
      act: async () => {
        await remove(`/escalations/topics/${topic.number}`);
        await done();
      },
    });
  }

  await draw();
}

async function editor(topic, audiences, done) {
  const name = h("input", { type: "text", maxLength: 80, value: topic?.name ?? "" });
  const audience = choice(audiences.map((one) => [one.label, one.title]), topic?.audience ?? audiences[0]?.label);
  const words = h("input", { type: "text", value: (topic?.words ?? []).join(", ") });
  const sources = h("input", { type: "text", value: (topic?.sources ?? []).join(", ") });
  const duties = h("textarea", { rows: 4, value: (topic?.duties ?? []).map(lineOf).join("\n") });
  const owner = h("input", { type: "text", value: topic?.owner ?? "" });
  const fallback = h("input", { type: "checkbox", checked: topic?.fallback ?? false });
  const { people } = await get(`/escalations/people?audience=${encodeURIComponent(audience.value)}`).catch(() => ({ people: [] }));
  const able = people.map((one) => one.account).join(", ");
  askFirst({
    title: say(topic ? "topic_edit" : "topic_new"),
    body: [
      field(say("topic_name"), name),
      field(say("topic_audience"), audience),
      field(say("topic_duties"), duties, say("topic_duties_hint", { people: able })),
      field(say("topic_words"), words, say("topic_words_hint")),
      field(say("topic_sources"), sources, say("topic_sources_hint")),
      field(say("topic_owner"), owner, say("topic_owner_hint")),
      h("label", { className: "tick" }, fallback, " ", say("topic_fallback")),
    ],
    confirm: say("save"),
    act: async () => {
      const given = {
        name: name.value,
        audience: audience.value,
        words: listOf(words.value),
        sources: listOf(sources.value),
        owner: owner.value.trim() || null,
        fallback: fallback.checked,
        duties: duties.value.split("\n").map((line) => line.trim()).filter(Boolean).map(dutyOf),
      };
      if (topic) await patch(`/escalations/topics/${topic.number}`, given);
      else await post("/escalations/topics", given);
      await done();
    },
  });
}

const listOf = (text) => text.split(",").map((one) => one.trim()).filter(Boolean);

// "rosa 12345 09:00-18:00"
function dutyOf(line) {
  const duty = { account: line.split(/\s+/)[0] };
  for (const part of line.split(/\s+/).slice(1)) {
    const hours = /^(\d\d?:\d\d)-(\d\d?:\d\d)$/.exec(part);
    if (hours) [duty.start, duty.end] = hours.slice(1).map((hour) => hour.padStart(5, "0"));
    else duty.days = part;
  }
  return duty;
}

function lineOf({ account, days, start, end }) {
  const hours = start || end ? `${start ?? "00:00"}-${end ?? "00:00"}` : "";
  return [account, days === "1234567" ? "" : days, hours].filter(Boolean).join(" ");
}
