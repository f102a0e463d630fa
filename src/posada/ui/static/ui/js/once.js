// A form that was sent is shown as sent: its buttons rest, so that it is not sent twice. The server guards it besides.
"use strict";

(() => {
  const REST_MS = 8000;
  const resting = new WeakSet();

  const buttonsOf = (form) => [...form.elements].filter((one) => one.matches("button:not([type=button])"));

  const wake = (form) => {
    resting.delete(form);
    for (const button of buttonsOf(form)) {
      button.classList.remove("is-sent");
      button.removeAttribute("aria-disabled");
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.once === "no" || form.method !== "post") return;
    if (resting.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (event.defaultPrevented) return;
    resting.add(form);
    for (const button of buttonsOf(form)) {
      button.classList.add("is-sent");
      button.setAttribute("aria-disabled", "true");
    }
    window.setTimeout(() => wake(form), REST_MS);
  }, true);

  // A part sent by htmx has come back; a page that was left and shown again starts afresh.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target instanceof Element && event.target.closest("form");
    if (form) wake(form);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) wake(form);
  });
})();
