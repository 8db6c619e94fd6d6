// The page's strings, days and numbers, as the server's catalogue and the browser write them.
const words = JSON.parse(document.querySelector("#words").textContent);

export const language = document.documentElement.lang;
const days = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
// The company's clock, wherever somebody reads: a promise until 18:00 is until 18:00 there.
const timeZone = document.documentElement.dataset.timeZone;
const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone });
const hours = new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone });
const daysOfYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone });
// Swedish writes days as ISO 8601 does
const isoDays = new Intl.DateTimeFormat("sv", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });
const numbers = new Intl.NumberFormat(language);

export function say(key, values = {}) {
  const text = words[key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// Why a document was refused, in the page's language; the server's own line where it has no code.
export function refusal(name, code, line) {
  if (!code || !(`refused_${code}` in words)) return line;
  return `${name}: ${say(`refused_${code}`)}`;
}

export const dayText = (iso) => (iso ? days.format(new Date(`${iso}T00:00:00Z`)) : "");
export const dayAt = (moment) => isoDays.format(new Date(moment));
export const today = () => dayAt(Date.now());
export const momentText = (iso) => (iso ? moments.format(new Date(iso)) : "");
// The hour of a moment of today, the day of an earlier one.
export const shortMoment = (iso) => (dayAt(iso) === today() ? hours : daysOfYear).format(new Date(iso));
export const number = (value) => numbers.format(value);
// 428.90 and EUR -> 428,90 €; a currency that has no such code is written as it is.
export function money(amount, currency) {
  if (!/^[A-Za-z]{3}$/.test(currency)) return [number(amount), currency].filter(Boolean).join(" ");
  return new Intl.NumberFormat(language, { style: "currency", currency }).format(amount);
}

// The server's days in force end before a day; people say the last one.
export function shiftDay(iso, by) {
  if (!iso) return null;
  const day = new Date(`${iso}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + by);
  return day.toISOString().slice(0, 10);
}

// First and last day as typed -> as the server takes them.
export function daysGiven(first, last) {
  if (first && last && last < first) throw say("days_wrong");
  return { valid_from: first || null, valid_to: shiftDay(last, 1) };
}

export function span(from, to) {
  const start = from ? say("from_day", { day: dayText(from) }) : say("always");
  const end = to ? say("until_day", { day: dayText(shiftDay(to, -1)) }) : say("no_end");
  return `${start}, ${end}`;
}

// The first audience comes with a title in both languages; a manager may give it another.
const BOTH = /^(Todo el personal) \/ (All staff)$/;
export const titleOfAudience = (title) => title.replace(BOTH, language === "es" ? "$1" : "$2");

// Accents and case do not matter when looking for something.
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const listed = (names) => names.join(", ");
