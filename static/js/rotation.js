// Lessons are dragged, or picked up and moved by keyboard: along their order, or to a session.

const ALONG = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 };
const list = document.querySelector("[data-sortable], [data-board]");
const isBoard = Boolean(list?.dataset.board);
const said = document.getElementById(list?.dataset.live);
let held = null; // what is picked up: its handle, its row, where it was, where it would go

const rows = () => [...list.querySelectorAll(isBoard ? "[data-url]" : "[data-item]")];
const rowOf = (handle) => handle.closest(isBoard ? "[data-slot]" : "[data-item]");

function place(row) {
  return isBoard ? row.dataset.place : rows().indexOf(row) + 1;
}

function say(what, row) {
  const words = list.dataset[what].replace("{lesson}", held.handle.dataset.name);
  said.textContent = words.replace("{place}", place(row));
}

function grab(handle) {
  const row = rowOf(handle);
  held = { handle, row, target: row, next: row.nextElementSibling };
  handle.setAttribute("aria-pressed", "true");
  handle.parentElement.classList.add("is-grabbed");
  say("grabbed", row);
}

function letGo() {
  held.handle.setAttribute("aria-pressed", "false");
  held.handle.parentElement.classList.remove("is-grabbed");
  list.querySelectorAll(".is-target").forEach((each) => each.classList.remove("is-target"));
  held = null;
}

// A lesson of the board only marks its session; one of the order goes there at once.
function moveTo(row) {
  if (!row || row === held.target) return;
  if (isBoard) {
    held.target.classList.remove("is-target");
    row.classList.add("is-target");
    held.target = row;
    row.scrollIntoView({ block: "nearest" });
  } else {
    const isDown = rows().indexOf(row) > rows().indexOf(held.row);
    row[isDown ? "after" : "before"](held.row);
    held.target = held.row;
    held.handle.focus();
  }
  say("over", held.target);
}

function step(by) {
  const all = rows();
  moveTo(all[all.indexOf(isBoard ? held.target : held.row) + by]);
}

function drop() {
  const { handle, row, target } = held;
  if (isBoard && target === row) return cancel();
  say("dropped", target);
  letGo();
  if (!isBoard) return undefined;
  const form = document.getElementById(list.dataset.board);
  form.elements.lessons.value = handle.dataset.lesson;
  form.elements.came_from.value = row.dataset.slot;
  form.action = target.dataset.url;
  return form.requestSubmit();
}

function cancel() {
  if (!isBoard) list.insertBefore(held.row, held.next);
  say("letGo", held.row);
  const { handle } = held;
  letGo();
  handle.focus();
}

function onKey(event) {
  const handle = event.target.closest("[data-grab]");
  if (!handle) return;
  const isPress = event.key === "Enter" || event.key === " ";
  if (isPress && !held) grab(handle);
  else if (isPress) drop();
  else if (held && event.key in ALONG) step(ALONG[event.key]);
  else if (held && event.key === "Escape") cancel();
  else return;
  event.preventDefault();
}

function rowUnder(event) {
  const found = document.elementFromPoint(event.clientX, event.clientY);
  const row = found?.closest(isBoard ? "[data-url]" : "[data-item]");
  return row && list.contains(row) ? row : null;
}

function onDown(event) {
  const handle = event.target.closest("[data-grab]");
  if (!handle || event.button !== 0) return;
  if (held) letGo();
  handle.setPointerCapture(event.pointerId);
  grab(handle);
  held.isPointer = true;
}

// The up and down buttons do without a new page where there is a script.
function onClick(event) {
  const button = event.target.closest("[data-step]");
  if (!button || isBoard) return;
  event.preventDefault();
  const row = rowOf(button);
  held = { handle: row.querySelector("[data-grab]"), row, target: row };
  step(Number(button.dataset.step));
  held = null;
  button.focus();
}

if (list) {
  list.querySelectorAll("[data-grab]").forEach((each) => each.removeAttribute("hidden"));
  document.getElementById("grab-help")?.removeAttribute("hidden");
  list.addEventListener("keydown", onKey);
  list.addEventListener("click", onClick);
  list.addEventListener("pointerdown", onDown);
  list.addEventListener("pointermove", (event) => held?.isPointer && moveTo(rowUnder(event)));
  list.addEventListener("pointerup", () => held?.isPointer && drop());
  list.addEventListener("pointercancel", () => held?.isPointer && cancel());
  list.addEventListener("focusout", (event) => {
    if (held && !held.isPointer && event.target === held.handle && isBoard) cancel();
  });
}
