// The Move form in a dialog: a key or a drag asks for it, the server fills it in and saves.

const box = () => document.getElementById("move-dialog");

// A form that cannot be shown here is opened as the page that it is, too.
function openPage(event) {
  if (box() && event.detail.target === box() && !box().open) {
    window.location.assign(event.detail.pathInfo.requestPath);
  }
}

document.addEventListener("session:move", (event) => {
  if (box()) htmx.ajax("GET", event.detail.url, { target: "#move-dialog", swap: "innerHTML" });
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!box() || event.detail.target !== box()) return;
  if (!box().open) box().showModal();
  box().querySelector("[data-focus]")?.focus();
});
document.addEventListener("htmx:responseError", openPage);
document.addEventListener("htmx:sendError", openPage);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-dialog]")) box()?.close();
});
document.addEventListener(
  "close",
  (event) => {
    if (event.target !== box()) return;
    box().replaceChildren();
    document.dispatchEvent(new CustomEvent("session:left"));
  },
  true,
);
