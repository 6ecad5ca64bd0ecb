// Sugar for the demo's sign-in page: a colleague's row fills in the form.

for (const button of document.querySelectorAll("[data-email]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    document.getElementById("id_login").value = button.dataset.email;
    document.getElementById("id_password").value = button.dataset.password;
    document.getElementById("sign-in").focus();
  });
}
