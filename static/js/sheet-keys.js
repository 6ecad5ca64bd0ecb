// Keys on the roster: arrows move between rows; P, L, E and A mark; O sends out and back.

const RADIOS = { p: "present", l: "late", e: "excused", a: "unexcused" };
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const TYPED = "input:not([type=radio]):not([type=checkbox]), select, textarea, dialog, [popover]";

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

function moveByKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = event.target.closest?.("[data-row]");
  if (event.key === "Enter" && row && event.target.matches("[type=time]")) {
    event.preventDefault();
    row.querySelector("[data-save]").click();
    return;
  }
  if (event.target.closest?.(TYPED)) return;
  const onRoster = row || event.target === document.body || event.target.id === "main";
  if (STEPS[event.key] && onRoster && document.querySelector("[data-row]")) {
    event.preventDefault();
    move(row, STEPS[event.key]);
  } else if (row && press(row, event.key.toLowerCase())) event.preventDefault();
}

document.addEventListener("keydown", moveByKeys);
