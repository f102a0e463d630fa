// After data-idle seconds (on the body) without a touch the page is covered at once, then the desk is locked.
"use strict";

(() => {
  const seconds = Number(document.body.dataset.idle);
  const cover = document.getElementById("cover");
  const form = document.getElementById("lock-form");
  if (!(seconds > 0) || !cover || !form) return;

  const CHECK_MS = 1000;
  const LOCK_AFTER_MS = 400;
  let last = Date.now();
  let covered = false;

  const coverPage = () => {
    covered = true;
    cover.hidden = false;
    document.body.classList.add("is-covered");
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.setTimeout(() => form.submit(), LOCK_AFTER_MS);
  };

  // Wall time, not a timer's: a laptop that slept is covered before it is looked at.
  const look = () => {
    if (!covered && Date.now() - last >= seconds * 1000) coverPage();
  };

  // A laptop that slept is covered before its first touch counts.
  const touch = () => {
    look();
    if (!covered) last = Date.now();
  };

  for (const sign of ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "input"]) {
    document.addEventListener(sign, touch, { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
  window.setInterval(look, CHECK_MS);
})();
