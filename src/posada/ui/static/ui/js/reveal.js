// Shows the words of a phrase while they are typed, on request; they are hidden again when the form is sent.
"use strict";

(() => {
  const arm = (button) => {
    const field = document.getElementById(button.dataset.reveal);
    if (!field) return;
    const showLabel = button.textContent;

    const set = (shown) => {
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
      button.textContent = shown ? button.dataset.hideLabel : showLabel;
    };

    button.hidden = false;
    button.addEventListener("click", () => {
      set(field.type === "password");
      field.focus();
    });
    if (field.form) field.form.addEventListener("submit", () => set(false));
  };

  for (const button of document.querySelectorAll("[data-reveal]")) arm(button);
})();
