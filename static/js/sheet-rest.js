// "All present" and its way back: it takes back what it marked, as long as nothing newer stands
// there.

import { sheet } from "./sheet-page.js";
import { isWaitedFor } from "./sheet-queue.js";
import { seenOf } from "./sheet-rows.js";
import { tapsOfRest, tapsThatClear } from "./sheet-taps.js";

// The people it marked, and what their records said once it was saved.
const marked = new Map();
const NOT_YET = null;

export function tapAll() {
  const taps = tapsOfRest();
  marked.clear();
  for (const row of taps.flatMap((tap) => tap.rows)) marked.set(row, NOT_YET);
  return taps;
}

export function tapAllBack() {
  const still = [...marked].filter(([row, said]) => said === NOT_YET || said === seenOf(row));
  marked.clear();
  return tapsThatClear(still.map(([row]) => row));
}

// Whoever is marked by themselves afterwards is not taken back.
export const leaveOut = (row) => marked.delete(row);

export function remember() {
  for (const [row, said] of marked) {
    if (said === NOT_YET && !isWaitedFor(sheet, row)) marked.set(row, seenOf(row));
  }
}

export function showWayBack() {
  const button = document.querySelector("[data-undo-rest]");
  if (button) button.hidden = marked.size === 0;
}
