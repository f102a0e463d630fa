// Reads a block of the page aloud: data-aloud="id of the block". Only with a voice that speaks on this machine: a remote
// one would send the words to whoever makes it. Where there is none for the block's language, the button stays hidden.
"use strict";

(() => {
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return;

  const buttons = [...document.querySelectorAll("[data-aloud]")];
  let reading = null;

  const blockOf = (button) => document.getElementById(button.dataset.aloud);
  const languageOf = (block) => block.closest("[lang]").lang.toLowerCase().split("-")[0];
  // Not known to be local counts as remote. Some systems write es_CO instead of es-CO.
  const voiceFor = (block) =>
    speech
      .getVoices()
      .find((voice) => voice.localService === true && voice.lang.toLowerCase().split(/[-_]/)[0] === languageOf(block));

  const rest = () => {
    if (!reading) return;
    reading.querySelector("span").textContent = reading.dataset.label;
    reading.setAttribute("aria-pressed", "false");
    reading = null;
  };

  const stop = () => {
    rest();
    speech.cancel();
  };

  // A piece for each paragraph and line of a list: some voices break off in the middle of a long one.
  const piecesOf = (block) => {
    const parts = [...block.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, label")].filter(
      (part) => !part.querySelector("p, li") && !part.closest("button, [hidden]"),
    );
    const words = (parts.length ? parts : [block]).map((part) => part.innerText.trim());
    return words.filter(Boolean);
  };

  const start = (button) => {
    const block = blockOf(button);
    const voice = voiceFor(block);
    stop();
    if (!voice) return show();
    reading = button;
    button.querySelector("span").textContent = button.dataset.stopLabel;
    button.setAttribute("aria-pressed", "true");
    const pieces = piecesOf(block);
    pieces.forEach((words, place) => {
      const said = new SpeechSynthesisUtterance(words);
      said.voice = voice;
      said.lang = voice.lang;
      said.rate = 0.9;
      if (place === pieces.length - 1) said.onend = () => reading === button && rest();
      speech.speak(said);
    });
  };

  const show = () => {
    for (const button of buttons) {
      const block = blockOf(button);
      button.hidden = !block || !voiceFor(block);
    }
  };

  for (const button of buttons) {
    button.dataset.label = button.querySelector("span").textContent;
    button.addEventListener("click", () => (reading === button ? stop() : start(button)));
  }
  if (!buttons.length) return;
  show();
  speech.addEventListener("voiceschanged", show);
  // Whoever leaves, locks or hides the page is not read to any longer.
  window.addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => document.hidden && stop());
})();
