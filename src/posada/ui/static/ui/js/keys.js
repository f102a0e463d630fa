// One key picks a choice, Ctrl+Enter sends the main form, Escape twice locks the desk. Nothing is kept anywhere.
"use strict";

(() => {
  const TWICE_WITHIN_MS = 600;
  let lastEscape = -Infinity;

  const writes = (element) =>
    element instanceof HTMLElement &&
    (element.isContentEditable ||
      element.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit])"));

  const lock = () => {
    const form = document.getElementById("lock-form");
    const cover = document.getElementById("cover");
    if (!form) return;
    if (cover) {
      cover.hidden = false;
      document.body.classList.add("is-covered");
    }
    form.submit();
  };

  const onEscape = (event) => {
    const more = document.querySelector("details.more[open]");
    if (more) more.open = false;
    if (event.timeStamp - lastEscape < TWICE_WITHIN_MS && !event.repeat) lock();
    else if (!event.repeat) lastEscape = event.timeStamp;
  };

  const pick = (event) => {
    if (writes(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const wanted = event.key.toLowerCase();
    const form = event.target instanceof HTMLElement ? event.target.closest("form") : null;
    const all = [...document.querySelectorAll("[data-key]")].filter(
      (control) => control.dataset.key === wanted && !control.disabled && control.getClientRects().length > 0,
    );
    const control = all.find((one) => form && form.contains(one)) || all[0];
    if (!control) return;
    event.preventDefault();
    control.focus();
    control.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return onEscape(event);
    lastEscape = -Infinity;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form =
        (event.target instanceof HTMLElement && event.target.closest("form[data-main]")) ||
        document.querySelector("form[data-main]");
      if (form) {
        event.preventDefault();
        form.requestSubmit();
      }
      return undefined;
    }
    if (event.key.length === 1) pick(event);
    return undefined;
  });

  // The bar of a phone: a press beside the sheet of More closes it.
  document.addEventListener("click", (event) => {
    const more = document.querySelector("details.more[open]");
    if (more && !more.contains(event.target)) more.open = false;
    const asked = event.target instanceof Element && event.target.closest("[data-lock]");
    if (asked) {
      event.preventDefault();
      lock();
    }
  });

  const focusAsked = (part) => {
    const asked = part.querySelector("[data-focus]");
    if (asked && !asked.closest("[data-still]")) asked.focus();
  };
  focusAsked(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target instanceof Element && event.target !== document.body) focusAsked(event.target);
  });
})();
