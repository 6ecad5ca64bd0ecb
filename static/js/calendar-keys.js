// Keys of the calendar: t, [ and ] change what is shown; arrows walk the sessions, m moves one.

const TYPED = "input, select, textarea, dialog, [popover], [contenteditable]";
const SWITCHES = { t: "now", "[": "before", "]": "after" };
const ALONG = { ArrowUp: -1, ArrowDown: 1 };
const ACROSS = { ArrowLeft: -1, ArrowRight: 1 };

const linksIn = (column) => [...column.querySelectorAll(".block > a")];
const columns = () => [...document.querySelectorAll(".week .day")].map(linksIn);
const rowOf = (link) => Number(link.parentElement.className.match(/\bt(\d+)\b/)[1]);

// The first session of today, else of all.
function firstLink() {
  const today = document.querySelector(".week .day.is-today .block > a");
  return today ?? document.querySelector(".week .block > a");
}

// The session of the nearest column that way whose start is nearest.
function acrossFrom(link, step) {
  const all = columns();
  const from = all.findIndex((links) => links.includes(link));
  let next = from + step;
  while (all[next]?.length === 0) next += step;
  const far = (other) => Math.abs(rowOf(other) - rowOf(link));
  return all[next]?.toSorted((one, other) => far(one) - far(other))[0];
}

function nextLink(key) {
  const link = document.activeElement?.closest(".block > a");
  if (!link) return firstLink();
  if (ACROSS[key]) return acrossFrom(link, ACROSS[key]);
  const links = columns().find((each) => each.includes(link));
  return links[links.indexOf(link) + ALONG[key]];
}

function walk(key) {
  const next = nextLink(key);
  next?.focus();
  next?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return Boolean(next);
}

function move() {
  const block = document.activeElement?.closest("[data-move]");
  if (!block) return false;
  document.dispatchEvent(new CustomEvent("session:move", { detail: { url: block.dataset.move } }));
  return true;
}

function change(which) {
  const link = document.querySelector(`#week-${which}, #day-${which}`);
  link?.click();
  return Boolean(link);
}

function act(key) {
  if (ALONG[key] || ACROSS[key]) return walk(key);
  if (key === "m") return move();
  return key in SWITCHES && change(SWITCHES[key]);
}

function isOurs(event) {
  const isChord = event.ctrlKey || event.metaKey || event.altKey;
  if (isChord && !event.getModifierState("AltGraph")) return false;
  return !document.querySelector("dialog[open]") && !event.target.closest?.(TYPED);
}

document.addEventListener("keydown", (event) => {
  if (isOurs(event) && act(event.key)) event.preventDefault();
});

function showHints() {
  document.querySelector("[data-keys]")?.removeAttribute("hidden");
}
document.addEventListener("htmx:afterSettle", showHints);
showHints();
