// The attendance sheet: keys on rows, and marks that could not be sent are kept and sent again.
// Kept are ids and marks only, in this tab, for this person and this sheet, until the server has
// answered. Another person's are dropped unseen.

const PREFIX = "iop.sheet.";

const key = (form) => `${PREFIX}${form.dataset.who}.${new URL(form.action).pathname}`;

function marksKept(form) {
  try {
    return JSON.parse(sessionStorage.getItem(key(form))) ?? {};
  } catch {
    return {};
  }
}

function store(form, kept) {
  if (Object.keys(kept).length) sessionStorage.setItem(key(form), JSON.stringify(kept));
  else sessionStorage.removeItem(key(form));
}

function keepMark(form, id, parameters) {
  const { csrfmiddlewaretoken, only, ...mark } = Object.fromEntries(Object.entries(parameters));
  store(form, { ...marksKept(form), [id]: mark });
}

function dropMark(form, id) {
  const kept = marksKept(form);
  delete kept[id];
  store(form, kept);
}

function forgetWhere(isGone) {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(PREFIX) && isGone(name)) sessionStorage.removeItem(name);
  }
}

const forgetMarks = () => forgetWhere(() => true);

const forgetOthers = (form) =>
  forgetWhere((name) => !name.startsWith(`${PREFIX}${form.dataset.who}.`));

const form = () => document.getElementById("sheet");

// A row sends only itself, not the whole sheet that it is a part of.
function onlyItsRow(event) {
  const { parameters, elt, verb } = event.detail;
  const row = elt.closest?.("[data-row]");
  if (!row || verb !== "post") return;
  const id = row.dataset.row;
  for (const name of [...new Set(Object.keys(parameters))]) {
    const whose = name.match(/-([0-9a-f]{8}-[0-9a-f-]{27})$/)?.[1];
    if ((whose && whose !== id) || name === "reason") delete parameters[name];
  }
  parameters.row = id;
  parameters.open = row.querySelector(".more-box")?.checked ? id : "";
  if (parameters[`mark-${id}`] === "late") parameters.open = id;
  keepMark(form(), id, parameters);
}

function sent(event) {
  const row = event.detail.requestConfig?.parameters?.only;
  const leadsTo = event.detail.xhr?.getResponseHeader("HX-Redirect");
  const isAnswered = leadsTo ? !leadsTo.startsWith(form()?.dataset.signIn) : event.detail.successful;
  if (row && form() && isAnswered) dropMark(form(), row);
  showWaiting();
}

function showWaiting() {
  const state = document.getElementById("waiting");
  const again = document.querySelector("[data-send]");
  if (!state || !form()) return;
  const count = Object.keys(marksKept(form())).length;
  const words = state.querySelector("[data-words]");
  state.hidden = again.hidden = count === 0;
  words.textContent = count === 1 ? words.dataset.one : words.dataset.more.replace("{n}", count);
}

function sendKept() {
  const token = form()?.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const [id, kept] of Object.entries(form() ? marksKept(form()) : {})) {
    const row = document.getElementById(`row-${id}`);
    if (!row) dropMark(form(), id);
    else {
      htmx.ajax("POST", form().action, {
        source: row, target: row, swap: "outerHTML",
        values: { ...kept, only: id, csrfmiddlewaretoken: token },
      });
    }
  }
  showWaiting();
}

function ready() {
  document.querySelector("[data-keys]")?.removeAttribute("hidden");
  document.querySelector("[data-focus]")?.focus();
  showWaiting();
}

document.addEventListener("htmx:configRequest", onlyItsRow);
document.addEventListener("htmx:afterRequest", sent);
document.addEventListener("htmx:afterSettle", ready);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-send]")) sendKept();
});
document.addEventListener("submit", (event) => {
  if (event.target.action?.includes("/sign-out/")) forgetMarks();
});
window.addEventListener("online", sendKept);

ready();
if (form()) {
  forgetOthers(form());
  sendKept();
}
