// Drag a taken bed to a free one, or M on the taken one and Enter on the free one. Without this, the links do the same.
"use strict";

(() => {
  const form = document.getElementById("shift");
  const hint = document.getElementById("shift-hint");
  if (!form || !hint) return;
  let picked = null;

  const holds = (cell) => ["taken", "family", "out"].includes(cell.dataset.mark);
  const cellOf = (event) => (event.target instanceof Element ? event.target.closest("a[data-bed]") : null);

  const pick = (cell) => {
    if (picked) picked.classList.remove("bed--picked");
    picked = cell;
    if (cell) cell.classList.add("bed--picked");
    hint.textContent = cell ? `${hint.dataset.picked} ${cell.dataset.bed}` : hint.dataset.begin;
  };

  const drop = (cell) => {
    form.elements.origin.value = picked.dataset.bed;
    form.elements.target.value = cell.dataset.bed;
    form.submit();
  };

  for (const cell of document.querySelectorAll("a[data-bed]")) cell.draggable = holds(cell);
  hint.hidden = false;
  pick(null);

  document.addEventListener("dragstart", (event) => {
    const cell = cellOf(event);
    if (!cell || !holds(cell)) return;
    event.dataTransfer.setData("text/plain", cell.dataset.bed);
    pick(cell);
  });
  document.addEventListener("dragover", (event) => {
    const cell = cellOf(event);
    if (picked && cell && cell.dataset.mark === "free") event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const cell = cellOf(event);
    if (!picked || !cell || cell.dataset.mark !== "free") return;
    event.preventDefault();
    drop(cell);
  });
  document.addEventListener("dragend", () => pick(null));
  document.addEventListener("keydown", (event) => {
    const cell = cellOf(event);
    if (event.key === "Escape") pick(null);
    else if (cell && event.key.toLowerCase() === "m" && holds(cell)) pick(cell);
    else if (cell && picked && event.key === "Enter" && cell.dataset.mark === "free") {
      event.preventDefault();
      drop(cell);
    }
  });
})();
