// What the page remembers and hands out: this tab's conversation, judgements, files, the archive side.
(() => {
  "use strict";
  const KEY = "byline-conversation";
  const COMMANDS = { vote: "vote", remove: "removal", older: "older" };

  // 128 bits that nobody else knows: with them the server finds this tab's conversation again.
  function identity() {
    let known = null;
    try {
      known = sessionStorage.getItem(KEY);
    } catch {
      /* storage is switched off: the conversation lasts as long as the page */
    }
    if (known && /^[0-9a-f]{32}$/.test(known)) return known;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const made = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    try {
      sessionStorage.setItem(KEY, made);
    } catch {
      /* as above */
    }
    return made;
  }

  function turnTo(side) {
    document.querySelector("#panels").classList.toggle("archive-open", side === "archive");
    for (const name of ["chat", "archive"]) {
      document.querySelector(`#${name}-side`).setAttribute("aria-pressed", String(name === side));
    }
  }

  // A file that the server wrote as base64 into the page: saved, or opened to be printed.
  function save() {
    const download = document.querySelector("#download .download");
    if (!download || download.id === save.last) return;
    save.last = download.id;
    const [name, type] = download.title.split(" ");
    const bytes = Uint8Array.from(atob(download.textContent.trim()), (byte) => byte.charCodeAt(0));
    const url = URL.createObjectURL(new Blob([bytes], { type: `${type};charset=utf-8` }));
    if (type === "text/html" && window.open(url, "_blank")) return;
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  function obey(event) {
    const link = event.target.closest?.('a[role="button"]');
    if (!link) return;
    const anchor = (link.getAttribute("href") || "").slice(1);
    const box = COMMANDS[anchor.split("-")[0]];
    if (!box) return;
    event.preventDefault();
    event.stopPropagation();
    window.byline.tell(box, anchor);
  }

  // What is asked or offered appears elsewhere on the page: the focus goes there.
  function focusOn(selector) {
    let shown = false;
    return () => {
      const target = document.querySelector(selector);
      const isShown = Boolean(target?.offsetParent);
      if (isShown && !shown) target.focus();
      shown = isShown;
    };
  }

  document.addEventListener("click", obey, true);
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("#sides button");
      if (button) turnTo(button.id.split("-")[0]);
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches?.('a[role="button"]')) {
      event.preventDefault();
      event.target.click();
    }
  });

  function begin() {
    const ready = document.querySelector("#session :is(textarea, input)");
    if (!ready || !document.querySelector("#download") || !document.querySelector("#archive-side")) {
      requestAnimationFrame(begin);
      return;
    }
    const deep = { childList: true, subtree: true };
    new MutationObserver(save).observe(document.querySelector("#download"), deep);
    const watch = [focusOn("#keep"), focusOn("#reason :is(textarea, input)")];
    const shown = { ...deep, attributeFilter: ["class", "style"] };
    new MutationObserver(() => watch.forEach((look) => look())).observe(
      document.querySelector("#panels"),
      shown,
    );
    const outcome = document.querySelector("#outcome");
    outcome.setAttribute("role", "status");
    outcome.setAttribute("aria-live", "polite");
    turnTo("chat");
    window.byline.fill("session", identity());
  }
  requestAnimationFrame(begin);
})();
