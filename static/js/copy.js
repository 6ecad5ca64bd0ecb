// Sugar for what is shown only once: a button copies it. Without, it is selected and copied by hand.

for (const button of document.querySelectorAll("[data-copies]")) {
  const source = document.getElementById(button.dataset.copies);
  source.addEventListener("focus", () => source.select());
  // Browsers have a clipboard on https and on this machine only.
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value);
    button.querySelector("[data-word]").textContent = button.dataset.done;
  });
}
