// Joins citations to the reader: a click (or Enter) on one asks the server for its article by way
// of a hidden text box, and what arrives is scrolled to its lit paragraph. No eval: the CSP has none.
(() => {
  "use strict";
  const CITATION = 'a[href^="#cite-"]';
  let asked = 0;
  let chip = null; // the link that opened the reader, to return to
  let wanted = false; // whether what arrives next was asked for by the user
  let seen = null; // the article that was last scrolled to its place

  const reader = () => document.querySelector("#reader");
  const isNarrow = () => window.matchMedia("(max-width: 60rem)").matches;

  function reveal(lit, byUser) {
    const panel = reader();
    if (isNarrow()) {
      // One column: an answer that has just come must not be scrolled away from.
      if (byUser) lit.scrollIntoView({ block: "center" });
    } else {
      const within = lit.getBoundingClientRect().top - panel.getBoundingClientRect().top;
      const margin = Math.max(24, (panel.clientHeight - lit.clientHeight) / 2);
      panel.scrollTop += within - margin;
    }
    if (byUser) lit.focus({ preventScroll: true });
  }

  function settle() {
    const shown = reader().querySelector(".paper, .shut");
    if (!shown || shown === seen) return;
    seen = shown;
    const lit = shown.querySelector(".lit") || shown;
    reveal(lit, wanted);
    wanted = false;
  }

  function open(anchor) {
    const shown = reader().querySelector(".paper");
    if (shown && shown.id === `open-${anchor}`) {
      reveal(shown.querySelector(".lit"), true);
      return;
    }
    const box = document.querySelector("#opened textarea");
    wanted = true;
    asked += 1; // Gradio reports changes only
    box.value = `${anchor} ${asked}`;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function goBack() {
    if (!chip || !chip.isConnected) return;
    chip.focus({ preventScroll: true });
    chip.scrollIntoView({ block: "center" });
  }

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest && event.target.closest(`${CITATION}, #reader a.back`);
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      if (link.matches(CITATION)) {
        chip = link;
        open(link.getAttribute("href").slice(1));
      } else {
        goBack();
      }
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && reader() && reader().contains(document.activeElement)) goBack();
  });

  // Nothing to ask: a trip to the server would only make Gradio ignore the question after it.
  function holdEmpty(event) {
    const box = document.querySelector("#question textarea");
    const asks =
      event.type === "click"
        ? event.target.closest && event.target.closest("#ask")
        : event.key === "Enter" && !event.shiftKey && event.target === box;
    if (asks && box && !box.value.trim()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      box.focus();
    }
  }
  document.addEventListener("keydown", holdEmpty, true);
  document.addEventListener("keypress", holdEmpty, true);
  document.addEventListener("click", holdEmpty, true);

  // Gradio labels each message with its raw HTML; a screen reader is better off with its text.
  function unlabel() {
    for (const message of document.querySelectorAll("#chat [data-testid][aria-label]")) {
      message.removeAttribute("aria-label");
    }
  }

  function begin() {
    const chat = document.querySelector("#chat");
    if (!reader() || !chat) {
      requestAnimationFrame(begin);
      return;
    }
    new MutationObserver(settle).observe(reader(), { childList: true, subtree: true });
    const labels = { childList: true, subtree: true, attributeFilter: ["aria-label"] };
    new MutationObserver(unlabel).observe(chat, labels);
    reader().setAttribute("role", "region");
    reader().setAttribute("aria-label", "Article reader");
    reader().tabIndex = 0; // it scrolls, so the keyboard must reach it
  }

  document.documentElement.lang ||= "en";
  requestAnimationFrame(begin);
})();
