// Dragging a session by mouse or pen: a ghost snaps to quarters of an hour; dropped, it asks for
// the Move form. Without a move of some pixels it stays a click. Escape lets go.

const FAR = 5;
const QUARTER = 15;
const PER_HOUR = 60 / QUARTER;

// The session pressed on; `state` is pressed, dragged, given up (by Escape) or dropped.
let held = null;
let ghost = null;

const rows = () => document.querySelectorAll(".week-hours span").length * PER_HOUR;
const numberIn = (block, letter) => Number(block.className.match(`\\b${letter}(\\d+)\\b`)[1]);

function clockOf(row) {
  const firstHour = Number(document.querySelector("[data-first-hour]").dataset.firstHour);
  const minutes = firstHour * 60 + row * QUARTER;
  return [Math.floor(minutes / 60), minutes % 60];
}

function clockWords(row) {
  const [hour, minute] = clockOf(row);
  return new Date(Date.UTC(2000, 0, 1, hour, minute)).toLocaleTimeString(
    document.documentElement.lang,
    { hour: "numeric", minute: "2-digit", timeZone: "UTC" },
  );
}

// Out of its room only into another one: the form says that a session meets in none.
function gridUnder(x) {
  return [...document.querySelectorAll(".day-grid[data-day]")].find((grid) => {
    const { left, right } = grid.getBoundingClientRect();
    return left <= x && x < right && (grid.dataset.room !== "" || grid === held.grid);
  });
}

function rowUnder(grid, y, length) {
  const { top, height } = grid.getBoundingClientRect();
  const row = Math.round(((y - held.grab - top) / height) * rows());
  return Math.max(0, Math.min(row, rows() - length));
}

function lift() {
  ghost = document.createElement("li");
  ghost.append(document.createElement("div"));
  ghost.setAttribute("aria-hidden", "true");
  held.block.classList.add("is-lifted");
  held.block.setPointerCapture(held.pointer);
  document.body.classList.add("is-moving");
  held.state = "dragged";
}

function place(event) {
  const grid = gridUnder(event.clientX);
  held.to = null;
  if (!grid) return ghost.remove();
  const length = numberIn(held.block, "s");
  const row = rowUnder(grid, event.clientY, length);
  held.to = { grid, row };
  ghost.className = `block is-ghost lane-1 of-1 t${row + 1} s${length}`;
  ghost.firstChild.textContent = `${clockWords(row)} · ${held.name}`;
  if (ghost.parentElement !== grid) grid.append(ghost);
  ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function letGoOf(block) {
  block.classList.remove("is-lifted");
  document.body.classList.remove("is-moving");
  ghost?.remove();
  ghost = null;
}

function letGo() {
  if (held) letGoOf(held.block);
  held = null;
}

// The click that ends a drag opens nothing.
function swallowClick() {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }));
}

function drop() {
  const { block, grid, to } = held;
  document.body.classList.remove("is-moving");
  held.state = "dropped";
  if (!to || (to.grid === grid && to.row === numberIn(block, "t") - 1)) return letGo();
  const [hour, minute] = clockOf(to.row).map((each) => String(each).padStart(2, "0"));
  const asked = new URLSearchParams({ held_on: to.grid.dataset.day, starts: `${hour}:${minute}` });
  if (to.grid.dataset.room) asked.set("room", to.grid.dataset.room);
  const detail = { url: `${block.dataset.move}?${asked}` };
  document.dispatchEvent(new CustomEvent("session:move", { detail }));
}

function take(event) {
  const block = event.target.closest?.("[data-move]");
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
  if (!block || !isPlain || event.pointerType === "touch" || held) return;
  const grid = block.parentElement;
  if (getComputedStyle(grid).display !== "grid") return;
  held = {
    state: "pressed",
    block,
    grid,
    pointer: event.pointerId,
    name: block.querySelector(".name").textContent,
    x: event.clientX,
    y: event.clientY,
    grab: event.clientY - block.getBoundingClientRect().top,
  };
}

function giveUp() {
  letGoOf(held.block);
  held.state = "given up";
}

document.addEventListener("pointerdown", take);
document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== held?.pointer) return;
  const isFar = Math.hypot(event.clientX - held.x, event.clientY - held.y) >= FAR;
  if (held.state === "pressed" && isFar) lift();
  if (held.state === "dragged") place(event);
});
document.addEventListener("pointerup", (event) => {
  if (event.pointerId !== held?.pointer || held.state === "dropped") return;
  if (held.state !== "pressed") swallowClick();
  if (held.state === "dragged") drop();
  else letGo();
});
document.addEventListener("pointercancel", letGo);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && held?.state === "dragged") giveUp();
});
document.addEventListener("dragstart", (event) => {
  if (held) event.preventDefault();
});
// The ghost shows where it would stand until the dialog is closed.
document.addEventListener("session:left", letGo);
