// Keys on the roster: arrows move between rows; P, L, E and A mark; O sends out and back.

const RADIOS = { p: "present", l: "late", e: "excused", a: "unexcused" };
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const TYPED = "input:not([type=radio]):not([type=checkbox]), select, textarea, dialog, [popover]";

// A row that is being saved is replaced, and a new one takes keys only once it has settled. What is
// pressed meanwhile waits its turn, so that no key meets the wrong row.
const later = [];
let saving = false;
let lost = null;

function currentRow() {
  const row = document.activeElement?.closest("[data-row]");
  return row ?? (lost && document.querySelector(`[data-row="${lost}"]`));
}

function settled() {
  saving = false;
  while (later.length && !saving) act(later.shift());
}

function move(row, step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const next = row ? rows[rows.indexOf(row) + step] : rows.at(step > 0 ? 0 : -1);
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(row, letter) {
  const id = row.dataset.row;
  const tool = letter === "o" && row.querySelector("[data-tool=left], [data-tool=back]");
  const radio = RADIOS[letter] && document.getElementById(`${RADIOS[letter]}-${id}`);
  if (!tool && !radio) return false;
  row.focus();
  (tool || radio).click();
  return true;
}

function act(key) {
  const row = currentRow();
  if (STEPS[key]) move(row, STEPS[key]);
  else if (row) press(row, key);
}

function isOurs(key, row, event) {
  if (event.target.closest?.(TYPED)) return false;
  const onRoster = row || event.target === document.body || event.target.id === "main";
  if (STEPS[key]) return onRoster && document.querySelector("[data-row]");
  return row && (RADIOS[key] || key === "o");
}

function moveByKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = event.target.closest?.("[data-row]") ?? (saving || lost ? currentRow() : null);
  if (event.key === "Enter" && row && event.target.matches("[type=time]")) {
    event.preventDefault();
    row.querySelector("[data-save]").click();
    return;
  }
  const key = STEPS[event.key] ? event.key : event.key.toLowerCase();
  if (!isOurs(key, row, event)) return;
  event.preventDefault();
  if (saving) later.push(key);
  else act(key);
}

document.addEventListener("keydown", moveByKeys);
document.addEventListener("focusin", (event) => {
  lost = event.target.closest("[data-row]")?.dataset.row ?? null;
});
document.addEventListener("htmx:beforeRequest", () => {
  saving = true;
});
document.addEventListener("htmx:afterSettle", settled);
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) settled();
});
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest("[data-row]")) lost = null;
});
