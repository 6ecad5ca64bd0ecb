// Sugar for forms: an error summary takes the focus, a password can be shown. Both work without.

document.querySelector("[data-focus]")?.focus();

for (const button of document.querySelectorAll("[data-shows]")) {
  const password = document.getElementById(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = password.type === "password";
    password.type = shown ? "text" : "password";
    const word = button.querySelector("[data-word]");
    word.textContent = shown ? button.dataset.hide : button.dataset.show;
  });
  // A shown password is sent, and kept by password managers, as a password.
  password.form.addEventListener("submit", () => {
    password.type = "password";
  });
}
