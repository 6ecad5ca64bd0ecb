// Signing out takes the taps off this device that wait to be sent: it asks before, and only then.

import { countOf, forget, waitsForOthers } from "./sheet-queue.js";

const dialog = document.getElementById("sign-out-warning");
let asked = null;

function say(line, count) {
  const words = dialog.querySelector(line);
  words.hidden = count === 0;
  words.textContent = (count === 1 ? words.dataset.one : words.dataset.more).replace("{n}", count);
}

function ask(form) {
  const count = countOf(dialog.dataset.who);
  asked = form;
  say("[data-waiting]", count.waiting);
  say("[data-missed]", count.missed);
  dialog.showModal();
}

function signOut() {
  forget(dialog.dataset.who);
  // Does not ask again: this way no event of a submit is heard.
  asked.submit();
}

const leadsOut = (form) =>
  form.method === "post" && new URL(form.action, location.href).pathname === dialog.dataset.path;

// What others marked on a shared tablet outlasts this sign-out, which wipes the rest.
function spareOthers(form) {
  if (!waitsForOthers(dialog.dataset.who) || form.elements.others_wait) return;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "others_wait" }));
}

document.addEventListener("submit", (event) => {
  if (!leadsOut(event.target)) return;
  spareOthers(event.target);
  const count = countOf(dialog.dataset.who);
  if (count.waiting + count.missed === 0) return;
  event.preventDefault();
  ask(event.target);
});
dialog.addEventListener("close", () => {
  if (dialog.returnValue === "sign-out") signOut();
  else document.querySelector("[popovertarget=account]")?.focus();
});
