// A part (a check-in, a note) is saved as it is typed. Each part is a container:
//   <div data-part data-url="/…/"> … controls (form="parts" where they stand in another form),
//     <input type="hidden" name="version">, {% include "components/part_state.html" %} </div>
// It may be a <form data-part data-url="…" method="post"> too, which works without this script
// (its button in a <noscript>). The part is fetched anew from data-fragment, else from data-url.
//
// The server answers 200 (the words of the state line, header X-Part-Version), 409 (what somebody
// else saved meanwhile, with buttons data-part-use="mine|theirs"), or 422 (words of what is
// wrong). After 200 the part tells "part:saved" (bubbles; detail.html). What is typed is never
// stored on the device: while it is not saved, the page says so and asks before it is left.
// A form data-after-parts, and any link, waits until everything typed before it is saved.

import { isLocked } from "./locked.js";

const TYPING_MS = 800;
const AGAIN_MS = 4000;
const PATIENCE_MS = 30000;
// A browser lets a request outlive its page up to 64 kB.
const KEEPALIVE_BYTES = 60000;
const WORDS = {
  offline: "Not saved yet: no network. Keep this page open.",
  locked: "Not saved yet: this page is locked. Unlock it and it is saved.",
  out: "Not saved yet: you are signed out. Sign in again in another tab and keep this page open.",
  refused: "Not saved: this page is out of date. Copy what you typed before you leave it.",
};

// What is known of each part that somebody typed in: `isTyped` (there is something to send),
// `isSending`, `isLost`, `isStuck` (waits for somebody: wrong, refused), `isAsked` (waits for a
// choice), `lost` (what was sent without an answer: it goes again as it was, for it may have
// arrived, and then the server knows it again).
const known = new Map();

const line = (part) => part.querySelector("[data-part-state]");

function about(part) {
  if (!known.has(part)) known.set(part, {});
  return known.get(part);
}

function unsaved() {
  for (const part of known.keys()) if (!part.isConnected) known.delete(part);
  return [...known].filter(([, state]) => state.isTyped || state.isSending);
}

function controls(part) {
  return [...part.querySelectorAll("input[name], select[name], textarea[name]")].filter(
    (each) => !each.disabled && (!["radio", "checkbox"].includes(each.type) || each.checked),
  );
}

const tokens = (root = document) => [...root.querySelectorAll("input[name=csrfmiddlewaretoken]")];

function bodyOf(part) {
  const body = new URLSearchParams();
  for (const each of controls(part)) {
    if (each.name !== "csrfmiddlewaretoken") body.append(each.name, each.value);
  }
  return body;
}

function withToken(body) {
  const [token] = tokens();
  if (token) body.set(token.name, token.value);
  return body;
}

function say(part, html, is) {
  part.dataset.partIs = is;
  if (line(part) && html !== undefined) line(part).innerHTML = html;
}

// Words that the server cannot say: it was not reached, or did not understand.
function sayInWords(part, is) {
  part.dataset.partIs = is;
  if (line(part)) line(part).textContent = line(part).dataset[is] ?? WORDS[is];
}

function typed(part, wait) {
  const state = about(part);
  if (state.isAsked) return;
  state.isTyped = true;
  state.isStuck = false;
  if (part.dataset.partIs === "saved") part.dataset.partIs = "typing";
  clearTimeout(state.timer);
  if (wait) state.timer = setTimeout(() => send(part), wait);
  else send(part);
}

async function send(part) {
  const state = about(part);
  clearTimeout(state.timer);
  if (state.isSending || !state.isTyped || !part.isConnected) return state.sending;
  state.isTyped = false;
  state.isSending = true;
  state.sending = post(part).finally(() => {
    state.isSending = false;
    if (state.isTyped && !state.isStuck && !state.isLost) send(part);
  });
  return state.sending;
}

async function post(part) {
  const state = about(part);
  const body = withToken(state.lost ?? bodyOf(part));
  const keepalive = String(body).length < KEEPALIVE_BYTES;
  part.dataset.partIs = "saving";
  state.isLost = false;
  state.sent = body;
  try {
    const answer = await fetch(part.dataset.url, {
      method: "POST", body, keepalive, redirect: "manual", headers: { "X-Part": "1" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await understand(part, answer);
  } catch {
    lost(part, "offline");
  }
}

async function understand(part, answer) {
  const state = about(part);
  if (isLocked(answer)) return lost(part, "locked");
  if (answer.type === "opaqueredirect") return lost(part, "out");
  if (answer.status >= 500 || answer.status === 429) return lost(part, "offline");
  if (![200, 409, 422].includes(answer.status)) return refused(part, answer);
  const html = await answer.text();
  const version = answer.headers.get("X-Part-Version");
  const isOld = state.lost && String(state.lost) !== String(withToken(bodyOf(part)));
  state.isRenewed = false;
  state.lost = null;
  if (isOld && answer.status !== 409) state.isTyped = true;
  if (isOld && answer.status === 422) return undefined;
  if (answer.status === 200) {
    setVersion(part, version);
    say(part, html, state.isTyped ? "typing" : "saved");
    part.dispatchEvent(new CustomEvent("part:saved", { bubbles: true, detail: { html } }));
    return undefined;
  }
  state.isStuck = answer.status === 409 || !state.isTyped;
  state.isTyped = true;
  state.isAsked = answer.status === 409;
  state.version = version;
  return say(part, html, state.isAsked ? "asked" : "wrong");
}

function setVersion(part, version) {
  if (version === null) return;
  for (const each of part.querySelectorAll("input[name=version]")) each.value = version;
}

// Nothing is lost while the page is open: it is sent again.
function lost(part, why) {
  const state = about(part);
  state.isTyped = state.isLost = true;
  state.lost = state.sent;
  sayInWords(part, why);
}

// Whoever signed in again meanwhile has a new token: the page is asked for it, once.
async function refused(part, answer) {
  const state = about(part);
  state.isTyped = true;
  if (answer.status === 403 && !state.isRenewed && (await renewToken())) {
    state.isRenewed = true;
    return undefined;
  }
  state.isStuck = true;
  return sayInWords(part, "refused");
}

// The sign-out warning stands on every page and says whose page it is.
const whose = (page) => page.getElementById("sign-out-warning")?.dataset.who;

// Nothing is sent in the name of somebody else who signed in meanwhile.
async function renewToken() {
  const answer = await fetch(location.href, { redirect: "manual" });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (whose(page) !== whose(document)) return false;
  const [fresh] = tokens(page);
  for (const each of tokens()) if (fresh) each.value = fresh.value;
  return Boolean(fresh);
}

function sendLost() {
  for (const [part, state] of unsaved()) if (state.isLost) send(part);
}

// Send everything that was typed; say whether all of it is saved.
async function settled() {
  for (let round = 0; round < 5; round += 1) {
    const waiting = unsaved().filter(([, state]) => state.isSending || !state.isStuck);
    if (!waiting.length) break;
    await Promise.all(waiting.map(([part]) => send(part)));
    if (waiting.some(([, state]) => state.isLost)) break;
  }
  return unsaved().length === 0;
}

function showUnsaved() {
  const [part] = unsaved()[0] ?? [];
  line(part ?? document)?.scrollIntoView({ block: "center" });
}

async function use(part, whose) {
  const state = about(part);
  if (whose === "mine") {
    setVersion(part, state.version);
    state.isAsked = false;
    return typed(part);
  }
  const url = part.dataset.fragment ?? part.dataset.url;
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return sayInWords(part, "offline");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const theirs = fresh.querySelector("[data-part]");
  if (!theirs) return location.reload();
  known.delete(part);
  part.replaceWith(theirs);
  return theirs.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

const partOf = (event) => event.target.closest?.("[data-part]");

document.addEventListener("input", (event) => {
  const part = partOf(event);
  if (part) typed(part, TYPING_MS);
});
document.addEventListener("change", (event) => {
  const part = partOf(event);
  if (part && about(part).isTyped) typed(part);
});
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches("[data-part]")) {
    event.preventDefault();
    typed(form);
  } else if (form.matches("[data-after-parts]") && unsaved().length) {
    event.preventDefault();
    if (await settled()) form.requestSubmit(event.submitter);
    else showUnsaved();
  }
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-part-use]");
  if (button) {
    event.preventDefault();
    use(button.closest("[data-part]"), button.dataset.partUse);
    return;
  }
  const link = event.target.closest?.("a[href]");
  const isPlain = !event.defaultPrevented && !event.button
    && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || link.target || link.hasAttribute("download")) return;
  if (link.getAttribute("href").startsWith("#")) return;
  if (!unsaved().some(([, state]) => state.isSending || !(state.isStuck || state.isLost))) return;
  event.preventDefault();
  await settled();
  link.click();
});
// The tablet is put away, or another tab opened: what was typed goes now.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const [part, state] of unsaved()) if (!state.isStuck) send(part);
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved().length) event.preventDefault();
});
// While the page is covered, nothing of it is sent; then at once.
const isCovered = () => "locked" in document.documentElement.dataset;
window.addEventListener("online", sendLost);
document.addEventListener("lock:open", sendLost);
setInterval(() => isCovered() || sendLost(), AGAIN_MS);
