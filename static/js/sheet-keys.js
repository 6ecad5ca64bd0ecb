// Keys on the roster: arrows move between rows; P, L, E and A mark; O sends out and back; N opens
// the note; ? says which keys there are. What is typed into a field stays what was typed.

const RADIOS = { p: "present", l: "late", e: "excused", a: "unexcused" };
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const TYPED =
  "input:not([type=radio]):not([type=checkbox]), select, textarea, [contenteditable], dialog, [popover]";
// In a part (a check-in, a note) also radios and boxes have their keys to themselves.
const PART = ".row-parts, [data-part]";

// The row that had the focus before it left the page.
let last = null;

function currentRow() {
  const row = document.activeElement?.closest("[data-row]");
  return row ?? (last && document.querySelector(`[data-row="${last}"]`));
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
  if (!tool && !radio) return;
  row.focus();
  (tool || radio).click();
}

// --- N: the note, which comes when its row is opened ------------------------------------------

const noteOf = (row) =>
  document.getElementById(`note-${row.dataset.row}`)?.querySelector("textarea:not([readonly])");

function writeNote(row) {
  const box = row.querySelector(".more-box");
  if (box && !box.checked) box.click();
  row.focus();
  const note = noteOf(row);
  if (note) note.focus();
  else awaitNote(row.dataset.row);
}

function awaitNote(id) {
  const row = document.querySelector(`[data-row="${id}"]`);
  const watch = new MutationObserver(() => {
    const note = noteOf(row);
    const isElsewhere = document.activeElement !== row && document.activeElement !== document.body;
    if (!note && !isElsewhere) return;
    watch.disconnect();
    if (!isElsewhere) note.focus();
  });
  watch.observe(row, { childList: true, subtree: true });
  row.addEventListener("focusout", () => watch.disconnect(), { once: true });
}

// --- ?: help ----------------------------------------------------------------------------------

const help = () => document.getElementById("keys-help");

function showHelp() {
  const row = currentRow()?.dataset.row;
  help().showModal();
  // The dialog gives the focus back by itself, but not to a row that was replaced meanwhile.
  help().addEventListener("close", () => {
    const isNowhere = document.activeElement === document.body;
    if (row && isNowhere) document.querySelector(`[data-row="${row}"]`)?.focus();
  }, { once: true });
}

function act(key) {
  const row = currentRow();
  if (key === "?") showHelp();
  else if (STEPS[key]) move(row, STEPS[key]);
  else if (row && key === "n") writeNote(row);
  else if (row) press(row, key);
}

function isOurs(key, row, event) {
  if (event.target.closest?.(`${TYPED}, ${PART}`)) return false;
  if (key === "?") return help();
  const onRoster = row || event.target === document.body || event.target.id === "main";
  if (STEPS[key]) return onRoster && document.querySelector("[data-row]");
  return row && (RADIOS[key] || key === "o" || key === "n");
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const isNowhere = event.target === document.body;
  const row = event.target.closest?.("[data-row]") ?? (isNowhere ? currentRow() : null);
  if (event.key === "Enter" && row && event.target.matches("[type=time]")) {
    event.preventDefault();
    row.querySelector("[data-save]").click();
    return;
  }
  const key = STEPS[event.key] ? event.key : event.key.toLowerCase();
  if (!isOurs(key, row, event)) return;
  event.preventDefault();
  act(key);
}

document.addEventListener("keydown", onKey);
document.addEventListener("focusin", (event) => {
  last = event.target.closest("[data-row]")?.dataset.row ?? null;
});
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest("[data-row]")) last = null;
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) showHelp();
});
