// The print button is sugar: it appears only where a script can open the print dialog.
function showPrintButtons() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
  }
}
document.addEventListener("DOMContentLoaded", () => {
  showPrintButtons();
  // It was stated that this page is printed: the dialog opens by itself.
  if (document.querySelector("[data-print-now]")) window.print();
});
document.addEventListener("htmx:afterSettle", showPrintButtons);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
