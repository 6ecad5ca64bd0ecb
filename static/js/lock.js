// Covers a page that was left alone, and keeps what is on it: behind the cover nothing is seen,
// read aloud, printed or pressed, and what was typed or marked stays. The server is told, so that no
// other tab shows more; it looks at the time by itself, too. All tabs are covered and opened at once.

import { isLocked } from "./locked.js";
import { answerOf, canAnswer } from "./passkey-answer.js";

const LOOK_MS = 5000;
const TELL_MS = 60000;
const PATIENCE_MS = 20000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "input"];

const lock = document.getElementById("lock");
const form = lock.querySelector("form");
const { who, minutes, lockUrl, stateUrl, hereUrl, passkeyUrl } = lock.dataset;
const idleMs = Number(minutes) * 60000;
const tabs = new BroadcastChannel(`iop-lock.${who}`);

let seen = Date.now();
let told = Date.now();
let later;
let before = null;
let made = [];
let isOut = false;
let isTold = true;

const isCovered = () => "locked" in document.documentElement.dataset;
const isIdle = () => Date.now() - seen >= idleMs;
const token = () => form.elements.csrfmiddlewaretoken;

// --- the cover ------------------------------------------------------------------------------------

// What a sign-out asks first stands over the cover; it counts marks and names nobody.
const isBehind = (each) => !each.matches("#lock, #sign-out-warning, script") && !each.inert;

function cover() {
  if (isCovered()) return;
  before = document.activeElement;
  document.documentElement.dataset.locked = "";
  made = [...document.body.children].filter(isBehind);
  for (const each of made) each.inert = true;
  say("");
  lock.showModal();
  focusFirst();
}

function focusFirst() {
  (form.elements.pin ?? form.elements.password).focus();
}

function uncover() {
  if (!isCovered()) return;
  delete document.documentElement.dataset.locked;
  for (const each of made) each.inert = false;
  form.reset();
  lock.close();
  seen = told = Date.now();
  isTold = true;
  askAgain(false);
  before?.focus?.({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("lock:open"));
}

lock.addEventListener("cancel", (event) => event.preventDefault());
lock.addEventListener("close", () => isCovered() && lock.showModal());

function say(words) {
  const line = lock.querySelector("[data-wrong]");
  line.querySelector("[data-words]").textContent = words;
  line.hidden = !words;
}

// --- locking: the page saw nobody, a hand, another tab, the server --------------------------------

async function lockAs(how) {
  if (isCovered()) return;
  cover();
  tabs.postMessage("locked");
  await tellLocked(how);
}

async function tellLocked(how) {
  const answer = await post(lockUrl, { how });
  isTold = Boolean(answer?.ok);
  if (!isTold) return;
  const { passkey } = await answer.json();
  lock.querySelector("[data-passkey]").hidden = !(passkey && canAnswer());
}

window.addEventListener("online", () => isCovered() && !isTold && tellLocked("idle"));
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-lock]")) return;
  event.preventDefault();
  lockAs("hand");
});
document.addEventListener("lock:told", () => lockAs("idle"));
document.addEventListener("htmx:responseError", (event) => isLocked(event.detail.xhr));
tabs.addEventListener("message", ({ data }) => {
  if (data === "locked") cover();
  else if (data === "open") uncover();
  else seen = Math.max(seen, data);
});

function look() {
  if (isIdle()) lockAs("idle");
}
setInterval(look, LOOK_MS);
for (const back of ["pageshow", "focus"]) window.addEventListener(back, look);

// --- somebody is there ----------------------------------------------------------------------------

function see() {
  if (isCovered()) return;
  if (isIdle()) return void look();
  if (Date.now() - seen >= LOOK_MS) tabs.postMessage(Date.now());
  seen = Date.now();
  const waits = TELL_MS - (seen - told);
  if (waits <= 0) tell();
  else later ??= setTimeout(tell, waits);
}

async function tell() {
  clearTimeout(later);
  later = undefined;
  told = Date.now();
  isLocked(await post(hereUrl));
}

for (const sign of SIGNS) document.addEventListener(sign, see, { capture: true, passive: true });

// --- opening --------------------------------------------------------------------------------------

async function post(url, fields = {}) {
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token().value });
  try {
    return await fetch(url, {
      method: "POST", body, redirect: "manual", headers: { "X-Part": "1" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return null;
  }
}

async function open(fields, isRenewed = false) {
  const answer = await post(form.action, fields);
  const words = form.dataset;
  if (!answer) return say(words.offline);
  if (answer.type === "opaqueredirect") return askAgain(true);
  if (answer.status === 403 && !isRenewed && (await state())) return open(fields, true);
  if (answer.ok) return opened((await answer.json()).who);
  if (![401, 422].includes(answer.status)) return say(words.wait);
  if (answer.status === 401) return askAgain(true);
  say((await answer.json()).words);
  form.reset();
  return focusFirst();
}

function opened(whose) {
  if (whose !== who) return say(form.dataset.other);
  tabs.postMessage("open");
  return uncover();
}

// Whose session it is now; with the token that its forms have.
async function state() {
  const answer = await fetch(stateUrl, { redirect: "manual", headers: { "X-Part": "1" } }).catch(() => null);
  if (!answer?.ok) return null;
  const now = await answer.json();
  if (now.who !== who) return null;
  for (const each of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) each.value = now.token;
  return now;
}

// Signed out: signing in again in another tab opens this page with all that is on it.
function askAgain(is) {
  isOut = is;
  lock.querySelector("[data-way-in]").hidden = !is;
  if (is) say(form.dataset.out);
}

document.addEventListener("visibilitychange", async () => {
  if (document.hidden) return;
  look();
  if (!isOut) return;
  const now = await state();
  if (now && !now.locked) opened(now.who);
  else if (now) askAgain(false);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  open(Object.fromEntries(new FormData(form)));
});
lock.querySelector("[data-passkey]").addEventListener("click", async () => {
  const credential = await answerOf(passkeyUrl);
  if (credential) open({ credential });
  else say(form.dataset.wrongDevice);
});
