// Small helps for people with a keyboard, all optional; every page works without them.
"use strict";
(() => {
  const off = () => localStorage.getItem("pathbook-keys") === "off";
  const typing = (el) => el.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const go = { h: "/", s: "/students/", a: "/activities/", c: "/coverage/", e: "/evaluation/" };
  let waiting = "";
  let last = null;

  const rows = () => [...document.querySelectorAll("[data-rows] tbody tr:has(input[type=checkbox])")];
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(document.activeElement.closest("tr"));
    all[Math.min(all.length - 1, Math.max(0, at + step))].querySelector("a, input").focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || off() || typing(event.target)) return;
    const key = event.key;
    if (waiting === "g" && go[key]) { location.href = go[key]; return; }
    waiting = key === "g" ? "g" : "";
    if (key === "/") { const find = document.getElementById("find"); if (find) { event.preventDefault(); find.focus(); } }
    else if (key === "n") { const link = document.querySelector("[data-key=n]"); if (link) link.click(); }
    else if (key === "w") { const board = document.querySelector("[data-key=w]"); if (board) board.click(); }
    else if (key === "u") { const undo = document.querySelector("[data-key=u]"); if (undo) undo.click(); }
    else if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "x") { const box = event.target.closest("tr")?.querySelector("input[type=checkbox]"); if (box) box.click(); }
  });

  // Ticking: one box for all, Shift for a range, and a live count of what is ticked.
  const boxes = (scope) => [...scope.querySelectorAll("input[type=checkbox][data-one]")].filter((box) => !box.closest("[hidden]") || box.checked);
  const count = (scope) => {
    const all = boxes(scope);
    const ticked = all.filter((box) => box.checked).length;
    const own = (what) => [...scope.querySelectorAll(what)].filter((part) => part.closest("[data-ticks]") === scope);
    for (const every of own("[data-all]")) every.checked = all.length > 0 && ticked === all.length;
    for (const out of own("[data-count]")) out.textContent = out.dataset.count.replace("{n}", ticked).replace("{rest}", all.length - ticked).replace("{all}", all.length);
    for (const only of own("[data-when-ticked]")) only.hidden = ticked === 0;
  };
  document.addEventListener("click", (event) => {
    const box = event.target.closest("input[type=checkbox]");
    const scope = box?.closest("[data-ticks]");
    if (!scope) return;
    const all = boxes(scope);
    if (box.matches("[data-all]")) all.forEach((one) => { one.checked = box.checked; });
    else if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
    }
    if (box.matches("[data-one]")) last = box;
    for (let part = scope; part; part = part.parentElement.closest("[data-ticks]")) { count(part); part.querySelectorAll("[data-ticks]").forEach(count); }
  });
  document.querySelectorAll("[data-ticks]").forEach(count);

  // Finding a name in a long list of ticks.
  document.addEventListener("input", (event) => {
    const wanted = event.target.closest("[data-narrow]");
    if (!wanted) return;
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const said = plain(wanted.value);
    document.querySelectorAll(`${wanted.dataset.narrow} label`).forEach((label) => { label.hidden = !plain(label.textContent).includes(said); });
    if (said) document.querySelectorAll("details[data-ticks]").forEach((part) => { part.open = Boolean(part.querySelector(`${wanted.dataset.narrow} label:not([hidden])`)); });
  });

  // Fields that only matter for some kinds of activity.
  const kind = document.querySelector("select[data-shows]");
  const show = () => document.querySelectorAll("[data-for]").forEach((part) => { part.hidden = !part.dataset.for.split(" ").includes(kind.value); });
  if (kind) { kind.addEventListener("change", show); show(); }

  // A form kept as it is typed: within two seconds, and at once when the lid is closed or the page is left.
  const kept = document.querySelector("form[data-kept]");
  if (kept) {
    let due = 0;
    let sending = false;
    let after = null;
    const keep = () => { due = 0; kept.dispatchEvent(new Event("keep")); };
    const soon = (wait) => { due ||= setTimeout(keep, wait); };
    const leave = () => { if (due) { clearTimeout(due); due = 0; navigator.sendBeacon(kept.dataset.kept, new FormData(kept)); } };
    const lost = (words) => { const mark = document.getElementById("kept"); mark.textContent = words; mark.className = "pb-kept pb-kept--moved"; soon(5000); };
    kept.addEventListener("input", () => soon(2000));
    document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
    addEventListener("beforeunload", leave);
    addEventListener("pagehide", leave);
    kept.addEventListener("htmx:beforeRequest", (event) => { if (event.target === kept) sending = true; });
    kept.addEventListener("htmx:beforeSwap", (event) => {
      if (event.detail.requestConfig.elt !== kept || event.detail.xhr.responseURL.endsWith(kept.dataset.kept)) return;
      event.detail.shouldSwap = false; // the answer is the sign-in page
      lost("Not saved: you are signed out. Copy what you typed since, then sign in again.");
    });
    kept.addEventListener("htmx:afterRequest", (event) => {
      if (event.target !== kept) return;
      sending = false;
      if (!event.detail.successful && event.detail.xhr.status !== 409) lost("Not saved yet. Trying again.");
      if (after) kept.requestSubmit(after);
    });
    kept.addEventListener("submit", (event) => {
      clearTimeout(due);
      due = 0;
      if (!sending || after) return;
      event.preventDefault(); // let what is under way arrive first, so that it cannot come after what is filed
      after = event.submitter;
    });
  }

  // A survey half filled in survives a lost signal: kept in this tab only, for this person only, until it is sent.
  const half = document.querySelector("form[data-draft]");
  const name = (key) => `pathbook-draft-${key}`;
  if (half) {
    const key = name(half.dataset.draft);
    const boxes = () => [...half.elements].filter((box) => box.name && box.type !== "hidden" && box.type !== "submit");
    const fill = (box, said) => { if (/radio|checkbox/.test(box.type)) box.checked = said.includes(box.value); else box.value = said[0] ?? ""; };
    const before = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (before) boxes().forEach((box) => fill(box, before[box.name] ?? []));
    half.addEventListener("input", () => {
      const said = {};
      for (const box of boxes()) if (!/radio|checkbox/.test(box.type) || box.checked) (said[box.name] ??= []).push(box.value);
      sessionStorage.setItem(key, JSON.stringify(said));
    });
  }
  if (document.querySelector("[data-drafts-done]")) Object.keys(sessionStorage).filter((key) => key.startsWith(name(""))).forEach((key) => sessionStorage.removeItem(key));

  // On a phone the long parts of a page begin folded, the answer first; paper has them open.
  const folds = [...document.querySelectorAll("details[data-fold]")];
  const sought = location.hash && document.getElementById(location.hash.slice(1));
  const fold = () => folds.forEach((part) => { part.open = !matchMedia("(max-width: 700px)").matches || Boolean(sought && (part.contains(sought) || sought.contains(part))); });
  fold();
  addEventListener("beforeprint", () => folds.forEach((part) => { part.open = true; }));
  addEventListener("afterprint", fold);

  // What is printed is noted, of every student the page names; the browser says so also when its own menu is used.
  addEventListener("beforeprint", () => {
    const named = [...document.querySelectorAll("main a")].map((link) => /^\/(?:students|coverage)\/([a-z0-9]{12})\//.exec(link.pathname)?.[1]);
    const who = new Set(named.filter(Boolean));
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const said = new FormData();
    if (!who.size || !token) return;
    said.append("csrfmiddlewaretoken", token.value);
    who.forEach((key) => said.append("who", key));
    navigator.sendBeacon("/students/printed/", said);
  });
  document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => print()); });
  const keys = document.querySelector("[data-keys]");
  if (keys) { keys.checked = !off(); keys.addEventListener("change", () => localStorage.setItem("pathbook-keys", keys.checked ? "on" : "off")); }
})();
