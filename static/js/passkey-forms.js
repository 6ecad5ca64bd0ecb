// A form with `data-passkey` is sent once a passkey has answered. Without a script, or in a browser
// that knows no passkeys, its button stays hidden and its words say so.

import { askPasskey, canPasskey, makePasskey } from "./passkey.js";

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return (await answer.json()).request_options;
}

async function answer(form) {
  const wrong = form.querySelector("[data-passkey-wrong]");
  wrong.hidden = true;
  try {
    const ask = form.dataset.passkey === "make" ? makePasskey : askPasskey;
    form.elements.credential.value = JSON.stringify(await ask(await optionsOf(form)));
    form.submit();
  } catch {
    // Given up, too slow, or not on this device: the browser has said which.
    wrong.hidden = false;
    wrong.focus();
  }
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  for (const each of form.querySelectorAll("[data-needs-passkey]")) each.hidden = !canPasskey();
  for (const each of form.querySelectorAll("[data-no-passkey]")) each.hidden = canPasskey();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(form);
  });
}
