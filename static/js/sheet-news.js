// What others mark meanwhile: asked for every few seconds while somebody looks at the sheet.

import { isLocked } from "./locked.js";
import { changed, form, renewToken, sheet, token } from "./sheet-page.js";
import { isWaitedFor, waiting } from "./sheet-queue.js";
import { isBusy, isGuess, isTyping, parsed, rowOf, rows, saidOf, seenOf, show, untouched } from "./sheet-rows.js";
import { send } from "./sheet-send.js";

const EVERY_MS = 4000;
const SELDOM_MS = 60000;
const PATIENCE_MS = 15000;
// Says nothing that a record could say: so the row is answered with.
const UNSURE = "?";

let timer;
let pause = EVERY_MS;
let isAsking = false;
let isOver = false;
let isSigning = false;

const isQuiet = (id) => !isWaitedFor(sheet, id) && !isBusy(id);

function plan(ms) {
  clearTimeout(timer);
  if (!isOver && form() && sheet.news) timer = setTimeout(ask, ms);
}

export async function ask() {
  if (isAsking || isOver || !form() || !sheet.news) return;
  if (document.hidden || !navigator.onLine || isSigning) return plan(EVERY_MS);
  isAsking = true;
  try {
    await hear(new Map(rows().filter(isQuiet).map((id) => [id, seenOf(id)])));
    pause = EVERY_MS;
  } catch {
    pause = Math.min(pause * 2, SELDOM_MS);
  }
  isAsking = false;
  plan(pause);
}

async function hear(asked) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token() });
  for (const [id, seen] of asked) {
    body.append("row", id);
    body.append(`seen-${id}`, isGuess(id) ? UNSURE : seen);
    body.append(`said-${id}`, saidOf(id));
  }
  for (const id of rows()) body.append("here", id);
  body.set("todo", document.getElementById("todo")?.dataset.version ?? "");
  const answer = await fetch(sheet.news, {
    method: "POST", body, signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { "HX-Request": "true", "HX-Current-URL": location.href, "X-Poll": "1" },
  });
  const leadsTo = answer.headers.get("HX-Redirect") ?? "";
  if (leadsTo || answer.headers.get("HX-Refresh")) return leave(leadsTo || sheet.url);
  if (answer.status === 204 || isLocked(answer)) return undefined;
  if ([401, 403, 404].includes(answer.status)) isOver = (await renewToken()) !== "renewed";
  if (!answer.ok) throw new Error(`news: ${answer.status}`);
  const page = parsed(await answer.text());
  await untouched();
  // Meanwhile a row may have been marked here: then this is no news of it any more.
  const still = [...asked.keys()].filter((id) => isQuiet(id) && seenOf(id) === asked.get(id));
  show(page, [...still, ...newIn(page)]);
  return changed();
}

const newIn = (page) =>
  [...page.querySelectorAll("[data-row]")].map((row) => row.dataset.row).filter((id) => !rowOf(id));

// Signed out: what is marked from here on waits. Signed by somebody else: the page says so.
function leave(leadsTo) {
  if (leadsTo.startsWith(sheet.signIn)) isOver = true;
  else if (waiting(sheet).length) send();
  else if (!isTyping() && !isSigning) location.assign(leadsTo);
}

// While the whole sheet is on its way there is no news: its answer is the newest.
for (const [name, is] of [["htmx:beforeRequest", true], ["htmx:afterRequest", false]]) {
  document.addEventListener(name, (event) => {
    if (event.detail.elt?.id === "sheet") isSigning = is;
  });
}

// Who comes back may have signed in again in another tab.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  isOver = false;
  ask();
});
window.addEventListener("online", ask);
window.addEventListener("pagehide", () => clearTimeout(timer));
window.addEventListener("pageshow", () => plan(EVERY_MS));
