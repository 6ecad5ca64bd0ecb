// Says what waits: in the rows, in the head of the sheet, and what came after the signature.

import { form, sheet, timeOf } from "./sheet-page.js";
import { drop, isInPageOnly, marksIn, missed, waiting } from "./sheet-queue.js";
import { anticipate, look, nameOf, wordOf } from "./sheet-rows.js";
import { send, stuck } from "./sheet-send.js";
import { codeOf } from "./sheet-taps.js";

// What is answered sooner than this did not wait.
const SOON_MS = 1500;

let shown = new Set();
let saved = null;
let later;

export function showState() {
  const taps = waiting(sheet);
  const isStuck = Boolean(stuck.is) || Date.now() - (taps[0]?.at ?? Infinity) > SOON_MS;
  clearTimeout(later);
  if (taps.length && !isStuck) later = setTimeout(showState, SOON_MS);
  showRows(taps, isStuck);
  showHead(taps, isStuck);
  showUnsent(taps.length && isStuck ? marksIn(taps) : null);
  showMissed(missed(sheet));
}

function showRows(taps, isStuck) {
  const concerned = new Set(taps.flatMap((tap) => tap.rows));
  for (const id of new Set([...shown, ...concerned])) {
    const own = taps.filter((tap) => tap.rows.includes(id));
    anticipate(id, own.map(codeOf), own.at(-1)?.at, isStuck);
  }
  shown = concerned;
}

export function showSaved() {
  saved = Date.now();
}

function showHead(taps, isStuck) {
  const head = document.getElementById("taps");
  if (!head) return;
  const words = head.querySelector("[data-words]");
  const waits = taps.length > 0 && isStuck;
  const says = waits ? inWords(words.dataset, taps) : savedInWords(words.dataset);
  head.hidden = !says;
  head.dataset.count = taps.length;
  head.classList.toggle("waiting", waits);
  head.querySelector("[data-waits]").hidden = !waits;
  head.querySelector("[data-saved]").hidden = waits;
  if (words.textContent !== says) words.textContent = says;
  const back = document.querySelector("[data-sign-in-again]");
  back.hidden = !(waits && ["out", "other"].includes(stuck.is));
  back.href = stuck.leadsTo || sheet.signIn;
  document.querySelector("[data-send]").hidden = !(waits && back.hidden);
}

function inWords(words, taps) {
  const marks = marksIn(taps);
  const count = (marks === 1 ? words.one : words.more).replace("{n}", marks);
  const why = stuck.is && words[stuck.is];
  return [count.replace("{time}", timeOf(taps[0].at)), why].filter(Boolean).join(" · ");
}

const savedInWords = (words) => (saved ? words.saved.replace("{time}", timeOf(saved)) : "");

function showMissed(taps) {
  const box = document.getElementById("missed");
  if (!box) return;
  box.hidden = taps.length === 0;
  box.querySelector("ul").replaceChildren(...taps.map((tap) => {
    const line = document.createElement("li");
    const names = tap.rows.map(nameOf).filter(Boolean).join(", ");
    line.textContent = [timeOf(tap.at), wordOf(codeOf(tap)), names].filter(Boolean).join(" · ");
    return line;
  }));
}

// The sheet is signed when everything that waits is on it.
export async function sendBeforeSigning(button) {
  await send();
  if (waiting(sheet).length === 0) button.click();
}

// Among what is missing before the signature: `count` marks to send; 0 where only the network is
// missing, null where nothing is.
export function showUnsent(count) {
  const todo = document.getElementById("todo");
  todo?.querySelector("[data-unsent]")?.remove();
  if (!todo || count === null) return;
  const says = look("[data-unsent]");
  const words = says.querySelector("[data-words]");
  const { none, one, more } = words.dataset;
  words.textContent = count === 0 ? none : count === 1 ? one : more.replace("{n}", count);
  todo.prepend(says);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-send]")) send();
  if (!event.target.closest("[data-dismiss-missed]")) return;
  for (const tap of missed(sheet)) drop(sheet, tap);
  showState();
  document.getElementById("main").focus();
});
window.addEventListener("beforeunload", (event) => {
  if (form() && isInPageOnly()) event.preventDefault();
});
