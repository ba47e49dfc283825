// One thing at a time: what acts on the conversation waits until the page shows what was done last.
// Gradio would send both, and the one that is answered last would undo the other.
(() => {
  "use strict";
  const ASKS = "#ask, #retry, #examples .example";
  const ACTS = `${ASKS}, #edit, #undo, #fresh`;
  const PATIENCE = 10_000; // milliseconds: the server may be gone, and its last word never come
  let waiting = null; // the button of the action that has not been painted yet
  let before = ""; // the questions when it was pressed
  let timer = 0;
  let meant = false; // whether Enter was pressed meanwhile

  const box = () => document.querySelector("#question textarea");
  const questions = () => [...document.querySelectorAll("#chat .question")];
  const asked = () => questions().map((one) => one.textContent).join("\n");
  const isBusy = () => document.querySelector("#ask").disabled; // an answer is being made

  function actionOf(event) {
    if (event.type === "click") return event.target.closest?.(ACTS);
    const isAsked = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    return isAsked && event.target === box() ? document.querySelector("#ask") : null;
  }

  function begin(action) {
    waiting = action;
    before = asked();
    timer = setTimeout(settle, PATIENCE);
    document.querySelector("#panels").dataset.waiting = action.id;
  }

  function settle() {
    clearTimeout(timer);
    waiting = null;
    delete document.querySelector("#panels").dataset.waiting;
    const again = meant && !isBusy();
    meant = false;
    if (again) document.querySelector("#ask").click();
  }

  // A question is taken once the page is busy with it; anything else changes those that stand there.
  function look() {
    if (waiting && (waiting.matches(ASKS) ? isBusy() : asked() !== before)) settle();
  }

  // Here and not by the server: whoever types at once would have it overwritten.
  function rewrite() {
    const last = questions().pop();
    const isBegun = !last.classList.contains("rewriting");
    const copy = last.cloneNode(true);
    copy.querySelectorAll(".facts").forEach((note) => note.remove());
    copy.querySelectorAll("br").forEach((end) => end.replaceWith("\n"));
    window.byline.fill("question", isBegun ? copy.textContent.trim() : "");
    box().focus();
  }

  function guard(event) {
    const action = actionOf(event);
    if (!action) return;
    const isEmpty = action.id === "ask" && !box().value.trim();
    if (waiting || isBusy() || isEmpty) {
      event.preventDefault();
      event.stopImmediatePropagation();
      meant ||= Boolean(waiting && !waiting.matches(ASKS)) && action.id === "ask" && !isEmpty;
      if (isEmpty) box().focus();
    } else if (event.type !== "keydown") {
      if (action.id === "edit") rewrite();
      begin(action);
    }
  }

  for (const type of ["keydown", "keypress", "click"]) document.addEventListener(type, guard, true);

  function watch() {
    const conversation = document.querySelector("#conversation");
    const changes = { childList: true, subtree: true, attributeFilter: ["disabled"] };
    if (conversation) new MutationObserver(look).observe(conversation, changes);
    else requestAnimationFrame(watch);
  }
  requestAnimationFrame(watch);
})();
