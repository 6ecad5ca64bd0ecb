// Taps that wait on this device: ids, codes and times, no names and no free text, until the server
// has answered. Each is an item of its own under its person and sheet: two tabs of one person share
// them, and nobody else on this device sees or sends them.
//
// A tap is {id, n, rows, fields, seen, after, at}: `n` is its place in the order, `fields` what was
// pressed or typed, `seen` what the record of each row said, `after` the rows for which that is what
// the tap before it leaves behind, `at` the device's clock. A tap that came after the signature is
// `isMissed`: it is never sent any more, and stays until somebody has read it.

const PREFIX = "iop.sheet.";
const BROKEN = null;

// Where the browser keeps nothing, taps wait in the page.
const inPage = new Map();

function put(key, tap) {
  try {
    localStorage.setItem(key, JSON.stringify(tap));
  } catch {
    inPage.set(key, tap);
  }
}

function remove(key) {
  inPage.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing is kept there.
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return BROKEN;
  }
}

function items(start) {
  const found = new Map();
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(start)) found.set(key, parsed(localStorage.getItem(key)));
    }
  } catch {
    // Nothing is kept there.
  }
  for (const [key, tap] of inPage) if (key.startsWith(start)) found.set(key, tap);
  return [...found].filter(([, tap]) => tap !== BROKEN);
}

const startOf = (sheet) => `${PREFIX}${sheet.who}.${sheet.path}.`;
const keyOf = (sheet, tap) => startOf(sheet) + tap.id;

const inOrder = (one, two) => one.n - two.n || one.at - two.at || (one.id < two.id ? -1 : 1);

const tapsOf = (sheet) => items(startOf(sheet)).map(([, tap]) => tap).sort(inOrder);

export const waiting = (sheet) => tapsOf(sheet).filter((tap) => !tap.isMissed);

export const missed = (sheet) => tapsOf(sheet).filter((tap) => tap.isMissed);

export const isWaitedFor = (sheet, row) => waiting(sheet).some((tap) => tap.rows.includes(row));

// Put a tap at the end of the queue, or back in its place.
export function keep(sheet, tap) {
  const last = tapsOf(sheet).at(-1)?.n ?? 0;
  put(keyOf(sheet, tap), { n: Math.floor(last) + 1, ...tap });
}

export const drop = (sheet, tap) => remove(keyOf(sheet, tap));

export const isInPageOnly = () => inPage.size > 0;

// A tap for several people is as many marks.
export const marksIn = (taps) => taps.reduce((count, tap) => count + tap.rows.length, 0);

// How many marks of this person wait, and how many were missed, on all sheets.
export function countOf(who) {
  const taps = items(`${PREFIX}${who}.`).map(([, tap]) => tap);
  const isMissed = (tap) => Boolean(tap.isMissed);
  const unread = marksIn(taps.filter(isMissed));
  return { waiting: marksIn(taps) - unread, missed: unread };
}

// Whether marks wait here of anybody else who uses this device.
export const waitsForOthers = (who) =>
  items(PREFIX).some(([key]) => !key.startsWith(`${PREFIX}${who}.`));

export function forget(who) {
  for (const [key] of items(`${PREFIX}${who}.`)) remove(key);
}

// crypto.randomUUID is there on https and on this machine only.
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
