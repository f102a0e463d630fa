// Counts the lines of a message while it is typed, and selects (and where the browser lets it, copies) a text.
"use strict";

(() => {
  const LINE = 80; // as wide as a line of the printed form: rules/messages.py

  const linesOf = (text) =>
    text
      .split("\n")
      .map((row) => row.trim())
      .filter(Boolean)
      .reduce((sum, row) => sum + Math.max(1, Math.ceil(row.length / LINE)), 0);

  for (const area of document.querySelectorAll("[data-count-lines]")) {
    const place = document.querySelector("[data-counter]");
    if (!place) continue;
    const show = () => {
      const lines = linesOf(area.value);
      place.textContent = place.dataset.counter
        .replace("{lines}", String(lines))
        .replace("{signs}", String(area.value.length));
      const over = lines > Number(area.dataset.countLines) || area.value.length > Number(area.dataset.countSigns);
      place.classList.toggle("is-over", over);
    };
    place.hidden = false;
    area.addEventListener("input", show);
    show();
  }

  for (const button of document.querySelectorAll("[data-select]")) {
    const area = document.getElementById(button.dataset.select);
    if (!area) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      area.focus();
      area.select();
      let copied = false;
      try {
        copied = document.execCommand("copy"); // asks no permission; where it is gone the words stay selected
      } catch {
        copied = false;
      }
      button.textContent = copied ? button.dataset.copied : button.dataset.selected;
    });
  }
})();
