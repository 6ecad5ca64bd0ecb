// The attendance sheet: every tap is kept on this device and sent from there, and what others mark
// comes by itself. Without this script the same sheet is one form.

import { changed, form, sheet } from "./sheet-page.js";
import { keep, waiting } from "./sheet-queue.js";
import { timesOf } from "./sheet-rows.js";
import { miss, send } from "./sheet-send.js";
import { sendBeforeSigning, showSaved, showState, showUnsent } from "./sheet-state.js";
import { ask } from "./sheet-news.js";
import { leaveOut, remember, showWayBack, tapAll, tapAllBack } from "./sheet-rest.js";
import { tapOn } from "./sheet-taps.js";

const DOUBLE_TAP_MS = 400;

function take(taps) {
  for (const tap of taps) keep(sheet, tap);
  showWayBack();
  changed();
  send();
}

// The button of a row becomes another one beneath the finger: the second of two quick taps is none.
let tool = { id: "", at: 0 };

function isSecondOfTwo(control, event) {
  const before = tool;
  if (!control.matches("[id^=tool-]")) return false;
  tool = { id: control.id, at: event.timeStamp };
  return Boolean(event.pointerType) && before.id === tool.id && tool.at - before.at < DOUBLE_TAP_MS;
}

function onRow(event, row) {
  const { elt, triggeringEvent } = event.detail;
  const control = elt.matches("button") ? elt : triggeringEvent?.target;
  if (control && isSecondOfTwo(control, triggeringEvent)) return event.preventDefault();
  const tap = control?.name || control?.matches("[data-save]") ? tapOn(row.dataset.row, control) : null;
  if (!tap) return undefined;
  event.preventDefault();
  leaveOut(row.dataset.row);
  return take([tap]);
}

// The whole form is sent only to sign, once nothing waits; "rest present" is a tap like any other.
function onForm(event) {
  const button = event.detail.triggeringEvent?.submitter;
  if (button?.name === "sign" && !waiting(sheet).length) return;
  event.preventDefault();
  if (button?.name === "sign") sendBeforeSigning(button);
  else if (button?.name === "rest") take(tapAll());
  else saveTypedTimes();
}

function saveTypedTimes() {
  for (const row of document.querySelectorAll("[data-row]")) {
    const isTyped = timesOf(row.dataset.row).some((each) => each.value !== each.defaultValue);
    if (isTyped) row.querySelector("[data-save]")?.click();
  }
}

function onRequest(event) {
  const { elt, verb } = event.detail;
  if (verb !== "post" || !form()?.contains(elt)) return;
  const row = elt.closest("[data-row]");
  if (elt === form()) onForm(event);
  else if (row && !elt.closest("[data-part]")) onRow(event, row);
}

function ready() {
  for (const each of document.querySelectorAll("[data-keys], [data-help]")) each.hidden = false;
  if (!form()) miss();
  showState();
  showWayBack();
}

document.addEventListener("htmx:configRequest", onRequest);
// A row that was opened without a network has its check-in and note as soon as there is one.
const unloaded = new Set();

function load() {
  for (const part of unloaded) {
    unloaded.delete(part);
    const url = part.getAttribute("hx-get");
    if (part.isConnected) htmx.ajax("GET", url, { source: part, target: part, swap: "innerHTML" });
  }
}

document.addEventListener("htmx:sendError", (event) => {
  const { elt } = event.detail;
  if (elt === form()) showUnsent(0);
  else if (elt.matches?.(".row-part[hx-get]")) unloaded.add(elt);
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "main" && event.detail.elt?.id !== "main") return;
  ready();
  document.querySelector("[data-focus]")?.focus();
});
document.addEventListener("taps:changed", showState);
document.addEventListener("taps:saved", showSaved);
document.addEventListener("taps:saved", remember);
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-undo-rest]")) take(tapAllBack());
});
window.addEventListener("storage", (event) => {
  if (!event.key || event.key.startsWith("iop.sheet.")) showState();
});
for (const back of ["online", "pageshow"]) window.addEventListener(back, () => form() && send());
document.addEventListener("lock:open", () => form() && send());
window.addEventListener("online", load);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && form() && waiting(sheet).length) send();
});

document.querySelector("[data-focus]")?.focus();
ready();
if (form()) {
  if (waiting(sheet).length) send();
  ask();
}
