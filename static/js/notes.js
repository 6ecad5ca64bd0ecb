// A note with Undo floats until it is dismissed; without this script it stands in the page.

for (const button of document.querySelectorAll("[data-dismiss-note]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.closest("[data-note]").remove();
    document.getElementById("main").focus();
  });
}
