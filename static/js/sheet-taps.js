// What was pressed on the sheet, as a tap; and a tap as the server reads it.

import { sheet, token } from "./sheet-page.js";
import { isWaitedFor, newId, waiting } from "./sheet-queue.js";
import { rowOf, rows, saidNo, seenOf, timesOf } from "./sheet-rows.js";

// Nothing else goes on the device: no reasons, no notes, no names.
const NAMES = /^(mark|act|use|arrived|left|out\d|back\d)$/;
const CODES = /^[\w:.,= -]{0,200}$/;

const bare = (name, row) => name.replace(`-${row}`, "");

function known(fields) {
  const kept = Object.entries(fields).filter(([name, value]) => NAMES.test(name) && CODES.test(value));
  return Object.fromEntries(kept);
}

function times(row, onlyTyped) {
  const fields = timesOf(row);
  const isTyped = fields.some((each) => each.value !== each.defaultValue);
  if (onlyTyped && !isTyped) return {};
  return Object.fromEntries(fields.map((each) => [bare(each.name, row), each.value]));
}

function pressed(row, control) {
  if (control.matches("[data-save]")) return times(row, false);
  if (control.matches("button")) {
    const value = control.value.replace(`:${row}`, "").replace(`${row}=`, "");
    return { [control.name]: value };
  }
  return { [bare(control.name, row)]: control.value, ...times(row, true) };
}

function newTap(ids, fields) {
  return {
    id: newId(),
    rows: ids,
    fields: known(fields),
    seen: Object.fromEntries(ids.map((row) => [row, seenOf(row)])),
    after: ids.filter((row) => isWaitedFor(sheet, row)),
    at: Date.now(),
  };
}

// The tap on one control of a row, or null where the control says nothing of a record.
export function tapOn(row, control) {
  const tap = newTap([row], pressed(row, control));
  return Object.keys(tap.fields).length ? tap : null;
}

// The taps that mark everybody present who is not marked yet: one for all, and one for each whose
// mark was undone on this device. Who said they cannot come is marked by hand.
export function tapsOfRest() {
  const isOpen = (row) => !rowOf(row).querySelector(".seg :checked");
  const open = rows().filter((row) => isOpen(row) && !saidNo(row));
  const undone = open.filter((row) => isWaitedFor(sheet, row));
  const rest = open.filter((row) => !undone.includes(row) && seenOf(row) === "-");
  const fields = { act: "rest" };
  const each = undone.map((row) => newTap([row], fields));
  return rest.length ? [newTap(rest, fields), ...each] : each;
}

export const tapsThatClear = (ids) => ids.map((row) => newTap([row], { act: "clear" }));

// One tap for each row, in the place of a tap on several.
export const split = (tap) =>
  tap.rows.map((row, place) => ({
    ...tap,
    id: newId(),
    n: tap.n + place / 1000,
    rows: [row],
    seen: { [row]: tap.seen[row] },
    after: tap.after.filter((each) => each === row),
  }));

// One word for what was meant; a state that was brought back says by itself which absence it is.
export function codeOf({ fields }) {
  const { act, mark, use } = fields;
  if (use === undefined) return act ?? mark ?? "times";
  return use === "-" ? "clear" : use.match(/^a:(\w+)$/)?.[1] ?? "use";
}

export function bodyOf(tap) {
  const body = new URLSearchParams({
    csrfmiddlewaretoken: token(),
    mark_id: tap.id,
    age: Math.max(0, Math.floor((Date.now() - tap.at) / 1000)),
  });
  for (const row of tap.rows) {
    body.append("row", row);
    body.append(`seen-${row}`, tap.seen[row]);
  }
  if (tap.rows.length > 1) body.set("rest", "1");
  else alone(body, tap, tap.rows[0]);
  return body;
}

function alone(body, tap, row) {
  body.set("only", row);
  if (rowOf(row)?.querySelector(".more-box")?.checked) body.set("open", row);
  for (const [name, value] of Object.entries(tap.fields)) {
    if (name === "act") body.set(name, `${value}:${row}`);
    else if (name === "use") body.set(name, `${row}=${value}`);
    else body.set(`${name}-${row}`, value);
  }
}

// The server has answered this tap with these states: the next one of each row was made after it.
export function followedBy(tap, states) {
  const open = new Set(tap.rows);
  const moved = [];
  for (const next of waiting(sheet)) {
    if (next.id === tap.id) continue;
    const rowsOfIt = next.after.filter((row) => open.has(row) && row in states);
    if (!rowsOfIt.length) continue;
    rowsOfIt.forEach((row) => open.delete(row));
    moved.push({
      ...next,
      seen: { ...next.seen, ...Object.fromEntries(rowsOfIt.map((row) => [row, states[row]])) },
      after: next.after.filter((row) => !rowsOfIt.includes(row)),
    });
  }
  return moved;
}
