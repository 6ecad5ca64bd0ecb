// Rows of the sheet on this page: what they show of the record, what the server sends in their
// place, and what a tap that waits makes of them until then.

import { timeOf } from "./sheet-page.js";

const TIMES = /^(arrived|left|out\d+|back\d+)-/;
const COUNTERS = ["marked", "rest", "todo"];
const TYPING = "textarea, select, input:not([type=radio]):not([type=checkbox])";

export const rowOf = (id) => document.getElementById(`row-${id}`);

const seenIn = (root, id) => root.querySelector(`[name="seen-${id}"]`)?.value;

export const seenOf = (id) => seenIn(document, id) ?? "-";

// What the person said beforehand, as the row shows it.
export const saidOf = (id) => document.querySelector(`[name="said-${id}"]`)?.value ?? "";

export const saidNo = (id) => saidOf(id).startsWith("not_coming");

export const isGuess = (id) => rowOf(id)?.dataset.guess !== undefined;

export const rows = () => [...document.querySelectorAll("[data-row]")].map((row) => row.dataset.row);

export const timesOf = (id) =>
  [...(rowOf(id)?.querySelectorAll("input[name]") ?? [])].filter((each) => TIMES.test(each.name));

const typedTimes = (id) => timesOf(id).filter((each) => each.value !== each.defaultValue);

const wantedIn = (root, id) =>
  [...root.querySelectorAll("button[name=use]")]
    .map((each) => each.value)
    .find((value) => value.startsWith(`${id}=`))
    ?.slice(id.length + 1);

// A newer record was kept, and somebody has yet to choose.
export const isAsked = (id) => wantedIn(document, id) !== undefined;

// Somebody is busy with this row: the cursor is in a time, times are not saved or were refused, a
// choice is open.
export const isBusy = (id) =>
  timesOf(id).includes(document.activeElement) || typedTimes(id).length > 0 || isAsked(id)
  || Boolean(rowOf(id)?.querySelector(".field-bad"));

export const isTyping = (root = document) =>
  Boolean(document.activeElement?.matches(TYPING) && root.contains(document.activeElement));

// A finger that is down on the sheet comes up before anything moves beneath it.
let lifted = null;

document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest?.("[data-row]")) return;
  lifted = new Promise((resolve) => {
    const up = () => setTimeout(() => {
      lifted = null;
      resolve();
    });
    for (const way of ["pointerup", "pointercancel"]) {
      document.addEventListener(way, up, { once: true });
    }
    setTimeout(up, 2000);
  });
}, true);

export const untouched = async () => {
  await lifted;
};

export const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

// What an answer says of each row: the record, and what the sender wanted where a newer one stood.
export function statesIn(page, ids) {
  const said = ids.map((id) => [id, { seen: seenIn(page, id), wanted: wantedIn(page, id) }]);
  return Object.fromEntries(said.filter(([, state]) => state.seen !== undefined));
}

// Show what the server sent of these rows, and its counters.
export function show(page, ids, savesTimes = false) {
  for (const id of ids) swap(page, id, savesTimes);
  for (const id of COUNTERS) replace(document.getElementById(id), page.getElementById(id));
}

export function remove(id) {
  const row = rowOf(id);
  const hadFocus = row?.contains(document.activeElement);
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  row?.remove();
  if (hadFocus) next?.focus();
}

function swap(page, id, savesTimes) {
  const fresh = page.getElementById(`row-${id}`);
  if (!fresh) return undefined;
  if (!rowOf(id)) return add(fresh);
  if (fresh.matches(".roster-gone")) return isTyping(rowOf(id)) ? undefined : remove(id);
  const typed = savesTimes ? [] : typedTimes(id).map((each) => [each.id, each.value]);
  const isOpen = rowOf(id).querySelector(".more-box")?.checked;
  keepingFocus(id, () => {
    rowOf(id).className = fresh.className;
    delete rowOf(id).dataset.guess;
    replace(document.getElementById(`top-${id}`), page.getElementById(`top-${id}`));
  });
  const box = rowOf(id).querySelector(".more-box");
  if (isOpen) box.checked = true;
  for (const [name, value] of typed) {
    const field = document.getElementById(name);
    if (field) field.value = value;
  }
  return undefined;
}

// Somebody else added a walk-in.
function add(fresh) {
  const list = document.querySelector(".roster");
  if (fresh.matches(".roster-gone") || !list) return;
  list.append(fresh);
  htmx.process(fresh);
}

function replace(old, fresh) {
  if (!old || !fresh) return;
  fresh.removeAttribute("hx-swap-oob");
  const adopted = document.importNode(fresh, true);
  old.replaceWith(adopted);
  htmx.process(adopted);
}

function keepingFocus(id, change) {
  const focused = document.activeElement;
  const isInside = rowOf(id).contains(focused);
  change();
  if (!isInside || focused.isConnected) return;
  const again = (focused.id && document.getElementById(focused.id)) || rowOf(id);
  again.focus({ preventScroll: true });
}

// --- what a tap that waits makes of its row ---------------------------------------------------

const looks = document.getElementById("tap-looks").content;

export const look = (selector) => looks.querySelector(selector).cloneNode(true);

const lookOf = (code) => looks.querySelector(`[data-look="${code}"]`);

export const wordOf = (code) => lookOf(code)?.dataset.word ?? code;

export const nameOf = (id) => document.getElementById(`name-${id}`)?.textContent.trim() ?? "";

// `codes` are those of the taps that wait for the row, in order; `at` is when the last was made.
export function anticipate(id, codes, at, isStuck) {
  const row = rowOf(id);
  if (!row) return;
  // Answered elsewhere, or forgotten: what stands here is a guess until there is news of it.
  if (row.classList.contains("is-waiting") && !codes.length) row.dataset.guess = "";
  row.classList.toggle("is-waiting", codes.length > 0);
  row.querySelector(".wait-mark")?.remove();
  for (const code of codes) foresee(row, id, lookOf(code));
  if (codes.length) explain(row, lookOf(codes.at(-1)), at, isStuck);
}

function foresee(row, id, shape) {
  const { radio, tool, tone, look: code } = shape?.dataset ?? {};
  const radios = [...row.querySelectorAll(".seg [type=radio]")];
  // Who leaves or is back was here.
  const isHere = radio === "here" && !radios.some((each) => each.checked);
  for (const each of radios) {
    if (isHere) each.checked = each.value === "present";
    else if (radio !== undefined && radio !== "here") each.checked = each.value === radio;
  }
  if (tool) offer(id, tool);
  pressSwitch(id, code);
  if (tone === undefined) return;
  row.className = row.className.replace(/\b(tone-\w+|unmarked)\b/g, "").trim();
  row.classList.add(tone ? `tone-${tone}` : "unmarked");
}

function pressSwitch(id, code) {
  const button = document.getElementById(`switch-${code}-${id}`);
  for (const each of button?.parentElement.children ?? []) {
    each.setAttribute("aria-pressed", String(each === button));
  }
}

function offer(id, act) {
  const button = document.getElementById(`tool-${id}`);
  const tool = looks.querySelector(`[data-act="${act}"]`);
  if (!button || !tool) return;
  button.name = "act";
  button.value = `${act}:${id}`;
  button.dataset.tool = act;
  button.setAttribute("aria-label", tool.dataset.says.replace("{name}", nameOf(id)));
  button.replaceChildren(...tool.cloneNode(true).childNodes);
}

function explain(row, shape, at, isStuck) {
  const state = row.querySelector(".roster-state");
  if (!state) return;
  const chip = shape?.querySelector(".chip")?.cloneNode(true) ?? state.querySelector(".chip");
  const detail = document.createElement("span");
  detail.append(timeOf(at));
  if (isStuck) detail.append(" ", look(".wait-mark"));
  const hadFocus = state.contains(document.activeElement);
  state.replaceChildren(...(chip ? [chip] : []), detail);
  if (hadFocus) row.focus({ preventScroll: true });
}

// Say in the row which taps went with one that was refused.
export function sayDropped(id, words) {
  const top = document.getElementById(`top-${id}`);
  if (!top || !words) return;
  const says = look("[data-dropped]");
  const text = says.querySelector("[data-words]");
  text.textContent = text.dataset.text.replace("{taps}", words);
  top.append(says);
}
