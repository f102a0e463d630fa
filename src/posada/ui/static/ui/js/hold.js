// A press held for two seconds sends the form named by data-hold. A short press goes to the page that asks first.
"use strict";

(() => {
  const HOLD_MS = 2000;

  const arm = (button) => {
    const form = document.getElementById(button.dataset.hold);
    if (!form) return;
    let timer = 0;
    let sent = false;

    const start = () => {
      if (timer || sent) return;
      button.classList.add("is-holding");
      timer = window.setTimeout(() => {
        sent = true;
        button.setAttribute("aria-disabled", "true");
        form.submit();
      }, HOLD_MS);
    };

    const stop = () => {
      window.clearTimeout(timer);
      timer = 0;
      if (!sent) button.classList.remove("is-holding");
    };

    button.addEventListener("pointerdown", (event) => {
      if (event.button === 0) start();
    });
    for (const end of ["pointerup", "pointerleave", "pointercancel", "blur"]) button.addEventListener(end, stop);

    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      if (!event.repeat) start();
    });
    button.addEventListener("keyup", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      const short = timer !== 0;
      stop();
      if (short && !sent) button.form.requestSubmit(button);
    });
    button.addEventListener("contextmenu", (event) => event.preventDefault());
    button.addEventListener("click", (event) => {
      if (sent) event.preventDefault();
    });
  };

  for (const button of document.querySelectorAll("[data-hold]")) arm(button);
})();
