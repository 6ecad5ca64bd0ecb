// Sends taps in the order in which they were made, one at a time, from one tab at a time. A tap
// leaves the queue only when the server has answered it, and its answer goes to every tab.

import { isLocked } from "./locked.js";
import { changed, renewToken, saved, sheet, timeOf } from "./sheet-page.js";
import { drop, isWaitedFor, keep, newId, waiting } from "./sheet-queue.js";
import {
  isAsked, parsed, remove, rowOf, rows, sayDropped, show, statesIn, untouched, wordOf,
} from "./sheet-rows.js";
import { bodyOf, codeOf, followedBy, split } from "./sheet-taps.js";

const PATIENCE_MS = 20000;
const LEASE_MS = 30000;
const AGAIN_MS = [2000, 4000, 8000, 15000, 30000];
const ANSWERS = [200, 422];

// What keeps the queue from moving: "" (nothing), "offline", "server", "out" (signed out; `leadsTo`
// is the way back in), "other" (somebody else is signed in), "locked" (this page is), "refused".
export const stuck = { is: "", leadsTo: "" };

const name = `iop.sheet.${sheet.who}.${sheet.path}`;
const tabs = new BroadcastChannel(name);
let turn = null;
let isCalled = false;
let failures = 0;
let timer;

// Send what waits, now: a tap was made, the network is back, somebody asks for it.
export function send() {
  failures = 0;
  return begin();
}

// Whoever asks while a tap is on its way gets another turn: this one may have left too early.
function begin() {
  if (turn) isCalled = true;
  turn ??= alone(drain).finally(() => {
    const isOnceMore = isCalled || !stuck.is;
    turn = null;
    isCalled = false;
    if (isOnceMore && waiting(sheet).length) begin();
  });
  return turn;
}

function beginAgain() {
  failures += 1;
  begin();
}

const alone = (work) => (navigator.locks ? navigator.locks.request(name, work) : leased(work));

async function drain() {
  for (let [tap] = waiting(sheet); tap; [tap] = waiting(sheet)) {
    const is = await attempt(tap);
    if (is) return stop(is);
  }
  return move();
}

function move() {
  stuck.is = "";
  failures = 0;
  changed();
}

function stop(is) {
  stuck.is = is;
  clearTimeout(timer);
  if (["offline", "server"].includes(is)) {
    timer = setTimeout(beginAgain, AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)]);
  }
  changed();
}

// Send one tap; return what keeps it from being answered, or nothing.
async function attempt(tap, isRenewed = false) {
  const answer = await post(tap);
  if (!answer) return "offline";
  if (isLocked(answer)) return "locked";
  const { status, headers } = answer;
  const leadsTo = headers.get("HX-Redirect") ?? "";
  if (leadsTo.startsWith(sheet.signIn)) return out(leadsTo);
  if (leadsTo || headers.get("HX-Refresh")) return tooLate(leadsTo || sheet.url);
  if (status === 403 && !isRenewed) {
    const token = await renewToken().catch(() => "offline");
    return token === "renewed" ? attempt(tap, true) : token;
  }
  if (status >= 500 || status === 429) return "server";
  return ANSWERS.includes(status) ? understand(tap, answer) : "refused";
}

async function post(tap) {
  try {
    const answer = await fetch(sheet.url, {
      method: "POST", body: bodyOf(tap), keepalive: true, signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { "HX-Request": "true", "HX-Current-URL": location.href },
    });
    const { status, headers, redirected } = answer;
    return { status, headers, redirected, html: await answer.text() };
  } catch {
    return null;
  }
}

function out(leadsTo) {
  stuck.leadsTo = leadsTo;
  return "out";
}

// The sheet was signed or closed meanwhile: what waits is for somebody to read, not to send.
function tooLate(leadsTo) {
  miss();
  tabs.postMessage({ leadsTo });
  location.assign(leadsTo);
  return "refused";
}

export function miss() {
  for (const tap of waiting(sheet)) keep(sheet, { ...tap, isMissed: true });
}

async function understand(tap, answer) {
  const { html } = answer;
  const page = parsed(html);
  if (answer.redirected && !page.getElementById("sheet")) return tooLate(sheet.url);
  const isOne = tap.rows.length === 1;
  // Where one of several cannot be marked, the others can all the same.
  if (!isOne && !answer.redirected) return divide(tap);
  const isRefused = answer.status === 422;
  const said = statesIn(page, isOne ? tap.rows : rows());
  if (isOne) said[tap.rows[0]] = heard(said[tap.rows[0]], answer);
  const gone = isRefused ? followers(tap) : [];
  if (!isRefused) followedBy(tap, statesAfter(said)).forEach((next) => keep(sheet, next));
  for (const each of [...gone, tap]) drop(sheet, each);
  const told = { html, ids: Object.keys(said), row: isOne ? tap.rows[0] : "", words: inWords(gone) };
  told.savesTimes = codeOf(tap) === "times";
  tabs.postMessage(told);
  await tell(told);
  if (!isRefused) saved();
  return move();
}

const heard = (state, answer) => ({
  seen: answer.headers.get("X-Seen") ?? state?.seen ?? "-",
  wanted: answer.headers.get("X-Kept") ? state?.wanted : undefined,
});

// Where somebody else's newer record was kept, what comes next was meant for one's own.
const statesAfter = (said) =>
  Object.fromEntries(Object.entries(said).map(([id, state]) => [id, state.wanted ?? state.seen]));

function divide(tap) {
  for (const each of split(tap)) keep(sheet, each);
  drop(sheet, tap);
  return "";
}

const followers = (tap) =>
  waiting(sheet).filter((next) => next.id !== tap.id && next.after.some((row) => tap.rows.includes(row)));

const inWords = (taps) => taps.map((tap) => `${timeOf(tap.at)} ${wordOf(codeOf(tap))}`).join(", ");

async function tell({ html, ids, row, words, savesTimes }) {
  await untouched();
  const page = parsed(html);
  const quiet = ids.filter((id) => id === row || !(isWaitedFor(sheet, id) || isAsked(id)));
  show(page, quiet, savesTimes);
  // A walk-in whose mark was undone is on the sheet no more.
  if (row && rowOf(row) && !page.getElementById(`row-${row}`)) remove(row);
  if (row) sayDropped(row, words);
}

tabs.addEventListener("message", async ({ data }) => {
  if (data.leadsTo) location.assign(data.leadsTo);
  else await tell(data);
  changed();
});

// --- where the browser has no locks: a lease, which a tab that dies lets run out ------------------

const tab = newId();

async function leased(work) {
  const key = `iop.lease.${name}`;
  const until = () => JSON.parse(localStorage.getItem(key) ?? "{}");
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const take = () => localStorage.setItem(key, JSON.stringify({ tab, at: Date.now() + LEASE_MS }));
  for (;;) {
    const held = until();
    if (held.tab === tab || !(held.at > Date.now())) {
      take();
      await pause(50);
      if (until().tab === tab) break;
    }
    await pause(500);
  }
  const renewal = setInterval(take, LEASE_MS / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    localStorage.removeItem(key);
  }
}
