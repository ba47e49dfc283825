// Joins citations to the reader: a click (or Enter) on one asks the server for its article by way
// of a hidden text box, and what arrives is scrolled to its lit paragraph. No eval: the CSP has none.
(() => {
  "use strict";
  const LINK = 'a[href^="#cite-"], a[href^="#article-"]';
  const PERMALINK = '#reader a.number[href^="/?p="]';
  const NARROW = window.matchMedia("(max-width: 60rem)");
  let asked = 0;
  let chip = null; // the link that opened the reader, to return to
  let wanted = false; // whether what arrives next was asked for by the user
  let seen = null; // the article that was last scrolled to its place

  const reader = () => document.querySelector("#reader");

  function fill(name, text) {
    const box = document.querySelector(`#${name} :is(textarea, input)`);
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // What the server is told goes into a hidden box; Gradio reports changes only, so it is numbered.
  function tell(name, text) {
    asked += 1;
    fill(name, `${text} ${asked}`);
  }
  window.byline = { fill, tell };

  // On a narrow screen the reader slides over the chat, which then can't be reached.
  function slide(isOpen) {
    document.querySelector("#panels").classList.toggle("reading", isOpen && NARROW.matches);
    document.body.style.overflow = isOpen && NARROW.matches ? "hidden" : "";
    for (const side of document.querySelectorAll("#top, #conversation, #archive")) {
      side.inert = isOpen && NARROW.matches;
    }
    reader().inert = !isOpen && NARROW.matches;
  }

  function reveal(lit, byUser) {
    const panel = reader();
    if (byUser) slide(true);
    const within = lit.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    const margin = Math.max(96, (panel.clientHeight - lit.clientHeight) / 2);
    panel.scrollTop += within - margin;
    if (byUser) lit.focus({ preventScroll: true });
  }

  function settle() {
    const shown = reader().querySelector(".paper, .shut, .failure");
    if (!shown || shown === seen) return;
    seen = shown;
    const lit = shown.querySelector(".lit") || shown;
    if (lit === shown) lit.tabIndex = -1;
    reveal(lit, wanted);
    wanted = false;
  }

  function open(anchor) {
    const shown = reader().querySelector(".paper");
    if (shown && shown.id === `open-${anchor}`) {
      reveal(shown.querySelector(".lit") || shown, true);
      return;
    }
    wanted = true;
    tell("opened", anchor);
  }

  function goBack() {
    slide(false);
    const target = chip?.isConnected ? chip : document.querySelector("#question textarea");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }

  function follow(event) {
    const link = event.target.closest?.(`${LINK}, #reader a.back, ${PERMALINK}`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
    event.preventDefault();
    event.stopPropagation();
    if (link.matches(PERMALINK)) {
      history.replaceState(null, "", link.getAttribute("href"));
      openPermalink();
    } else if (link.matches(LINK)) {
      chip = link;
      unpeek();
      open(link.getAttribute("href").slice(1));
    } else {
      goBack();
    }
  }

  function openPermalink() {
    const paragraph = new URLSearchParams(location.search).get("p");
    if (paragraph && /^[0-9a-f]{4,64}$/.test(paragraph)) open(`cite-${paragraph}-0-0-0-`);
  }

  // The quote behind a chip, and the reason behind a verdict, while it is pointed at or focused.
  const peek = document.createElement("div");
  peek.id = "peek";
  peek.setAttribute("role", "tooltip");
  peek.hidden = true;
  let peeked = null;

  function part(kind, text) {
    const shown = document.createElement("span");
    shown.className = kind;
    shown.textContent = text;
    return shown;
  }

  function wordsFor(mark) {
    if (mark.matches(".verdict")) return [part("facts", mark.querySelector(".why").textContent)];
    const answer = mark.closest(".answer");
    const href = mark.getAttribute("href");
    const source = [...answer.querySelectorAll(".sources li")].find((item) =>
      item.querySelector(`a.chip[href="${href}"]`),
    );
    if (!source) return [];
    const parts = { cite: "cite", ".facts": "facts", q: "quote" };
    return Object.entries(parts)
      .map(([name, kind]) => [source.querySelector(name), kind])
      .filter(([found]) => found)
      .map(([found, kind]) => part(kind, found.textContent));
  }

  function showPeek(event) {
    const mark = event.target.closest?.("#chat .answer > p :is(a.chip, .verdict)");
    if (!mark || mark === peeked) return;
    const words = wordsFor(mark);
    if (!words.length) return;
    unpeek();
    peeked = mark;
    peek.replaceChildren(...words);
    peek.hidden = false;
    mark.setAttribute("aria-describedby", "peek");
    place();
  }

  function place() {
    if (!peeked) return;
    const at = peeked.getBoundingClientRect();
    const room = document.documentElement.clientWidth - peek.offsetWidth - 8;
    peek.style.left = `${Math.max(8, Math.min(at.left, room))}px`;
    const above = at.top - peek.offsetHeight - 6;
    peek.style.top = `${above > 4 ? above : at.bottom + 6}px`;
  }

  function unpeek() {
    if (peeked) peeked.removeAttribute("aria-describedby");
    peeked = null;
    peek.hidden = true;
  }

  document.addEventListener("mouseover", (event) => {
    if (event.target.closest?.("#peek")) return;
    if (peeked && !peeked.contains(event.target)) unpeek();
    showPeek(event);
  });
  document.addEventListener("focusin", (event) => {
    unpeek();
    showPeek(event);
  });
  document.addEventListener("focusout", unpeek);
  document.addEventListener("scroll", place, true);
  document.addEventListener("click", follow, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (peeked) unpeek();
    else if (reader()?.contains(document.activeElement)) goBack();
  });

  // Gradio labels each message with its raw HTML; a screen reader is better off with its text.
  function unlabel() {
    for (const message of document.querySelectorAll("#chat [data-testid][aria-label]")) {
      message.removeAttribute("aria-label");
    }
  }

  // A new question goes to the top: an answer is read from its beginning.
  let questions = 0;
  function showNewest() {
    unlabel();
    const all = document.querySelectorAll("#chat .question");
    if (all.length > questions) all[all.length - 1].scrollIntoView({ block: "start" });
    questions = all.length;
  }

  function begin() {
    const chat = document.querySelector("#chat");
    if (!reader() || !chat || !document.querySelector("#opened :is(textarea, input)")) {
      requestAnimationFrame(begin);
      return;
    }
    // Gradio confines the page's CSS to its container.
    (document.querySelector(".gradio-container") || document.body).append(peek);
    new MutationObserver(settle).observe(reader(), { childList: true, subtree: true });
    const labels = { childList: true, subtree: true, attributeFilter: ["aria-label"] };
    new MutationObserver(showNewest).observe(chat, labels);
    reader().setAttribute("role", "region");
    reader().setAttribute("aria-label", "Article reader");
    reader().tabIndex = 0; // it scrolls, so the keyboard must reach it
    slide(false);
    NARROW.addEventListener("change", () => slide(false));
    openPermalink();
  }

  document.documentElement.lang ||= "en";
  requestAnimationFrame(begin);
})();
