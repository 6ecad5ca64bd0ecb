// The page of a locked session: a passkey opens it, too.

import { answerOf, canAnswer } from "./passkey-answer.js";

const form = document.getElementById("unlock");
const button = form.querySelector("[data-passkey]");
button.hidden = !canAnswer();
button.addEventListener("click", async () => {
  const answer = await answerOf(form.dataset.passkeyUrl);
  form.elements.credential.value = answer;
  if (answer) return form.submit();
  const wrong = document.getElementById("unlock-wrong");
  wrong.querySelector("[data-words]").textContent = form.dataset.wrongDevice;
  wrong.hidden = false;
  return undefined;
});
