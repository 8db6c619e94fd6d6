// Approved wording for a question: written here, filed as a draft.
import { get, post } from "../shared/api.js";
import { askFirst, tell } from "../shared/dialog.js";
import { choice, field, h, ticks } from "../shared/dom.js";
import { audienceOptions } from "./state.js";
import { followJob } from "./uploads.js";
import { language, say } from "../shared/words.js";

export async function cardDialog(source = null) {
  const before = source ? await wordsOf(source) : {};
  const question = h("input", { required: true, maxLength: 200, value: before.question || "" });
  const answer = h("textarea", { required: true, rows: 4, maxLength: 1200, value: before.answer || "" });
  const variants = h("textarea", { rows: 3, value: before.variants || "" });
  const conditions = h("input", { maxLength: 1000, value: before.conditions || "" });
  const tongue = choice([["es", say("language_es")], ["en", say("language_en")]], source ? source.language : language);
  const note = h("input", { maxLength: 400 });
  const boxes = source ? null : ticks(say("who_sees"), audienceOptions("edit_source"), firstAudience());
  askFirst({
    title: source ? say("card_version") : say("card_title"),
    body: [
      field(say("card_question"), question),
      field(say("card_answer"), answer),
      field(say("card_variants"), variants, say("card_variants_hint")),
      field(`${say("card_conditions")} (${say("optional")})`, conditions),
      field(say("language"), tongue),
      source ? field(`${say("upload_note")} (${say("optional")})`, note) : boxes.element,
    ],
    confirm: say("save"),
    act: async () => {
      const given = {
        question: question.value,
        answer: answer.value,
        variants: variants.value.split("\n").filter((line) => line.trim()),
        conditions: conditions.value,
        language: tongue.value,
        note: note.value,
        ...(source ? { source: source.id } : { audience: boxes.values() }),
      };
      const job = await post("/cards", given);
      tell(say("card_saved"));
      followJob(job);
    },
  });
}

// A card's text is its questions, its conditions and its words, apart by empty lines.
async function wordsOf(source) {
  const newest = await get(`/sources/${source.id}/versions/${source.history[0].number}`);
  const answer = newest.passages[0].text;
  return { question: newest.title, answer };
}

export function firstAudience() {
  const options = audienceOptions("edit_source");
  return options.length ? [options[0][0]] : [];
}
