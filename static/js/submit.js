// A double click does one thing: after the first, the form's buttons rest until the page is left or comes back.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
  for (const button of event.target.elements) {
    if (button.type === "submit") button.setAttribute("aria-disabled", "true");
  }
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.elements) button.removeAttribute("aria-disabled");
  }
});
const errors = document.querySelector(".form-errors");
errors?.focus();
