// Changes a page where it differs from what the server has now, and leaves alone what the reader is at: the focus and
// the caret, what is half typed, what was opened, what the eye or the pointer rests on. What has an id is found again
// by it, wherever it stands; what has none, by its place.
"use strict";

const Morph = (() => {
  let made = [];                                            // what came with this change
  let passed = "";

  const typed = (node) => node.matches("textarea, select, input:not([type=hidden])");
  const same = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "");
  const writing = (node) => node.nodeType === 1 && [...node.querySelectorAll("textarea, input[type=text], input:not([type])")]
    .some((each) => each.value.trim() && each.value !== each.defaultValue);

  const complains = (node) => node.nodeType === 1 && node.matches(".problem") && node.textContent.trim();

  function node(from, to) {
    if (from.nodeType !== 1) { if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue; return; }
    if (from.hasAttribute("data-keep") || from.isEqualNode(to) || complains(from)) return;
    const opens = /^(DETAILS|DIALOG)$/.test(from.nodeName);
    for (const { name, value } of [...to.attributes]) {
      if (!(opens && name === "open") && from.getAttribute(name) !== value) from.setAttribute(name, value);
    }
    for (const { name } of [...from.attributes]) {
      if (!to.hasAttribute(name) && !(opens && name === "open") && !/^(aria-busy|data-(once|busy))$/.test(name)) from.removeAttribute(name);
    }
    if (from.nodeName === "SELECT") { const kept = from.value; children(from, to); from.value = kept; if (from.selectedIndex < 0) from.selectedIndex = 0; }
    // What is being typed stays; a text that nobody has touched is the server's: sent as it was, it would take back what changed.
    else if (from.nodeName === "TEXTAREA" && from.value === from.defaultValue) { children(from, to); from.value = from.defaultValue; }
    else if (!typed(from)) children(from, to);
  }

  // The next sibling of the same kind that has no id of its own; between two of them there may be what has gone.
  function near(at, next) {
    while (at && next.nodeType === 1 && !next.id && !same(at, next)) at = at.nextSibling;
    return at && same(at, next) ? at : null;
  }

  function children(from, to) {
    const known = new Map();
    for (const child of from.children) if (child.id) known.set(child.id, child);
    const focus = document.activeElement;
    let at = from.firstChild;
    for (const next of [...to.childNodes]) {
      const byId = next.id && known.get(next.id);
      const found = byId && byId.nodeName === next.nodeName ? byId : byId ? null : near(at, next);
      if (!found) {
        const born = document.importNode(next, true);
        from.insertBefore(born, at);
        if (born.nodeType === 1) made.push(born);
        continue;
      }
      if (found === at) at = at.nextSibling;
      else if (found.contains(focus)) {                      // a node that is moved loses the focus: the others are moved
        const after = found.nextSibling;
        while (at !== found) { const other = at; at = at.nextSibling; from.insertBefore(other, after); }
        at = found.nextSibling;
      } else from.insertBefore(found, at);
      node(found, next);
    }
    while (at) { const gone = at; at = at.nextSibling; remove(gone); }
  }

  function remove(gone) {
    if (complains(gone) && gone.closest("form")) return;     // what was wrong is read until the form is sent again
    if (!writing(gone)) { gone.remove(); return; }
    if (gone.querySelector(".passed")) return;               // half a text is not thrown away because its moment is over
    const form = gone.nodeName === "FORM" ? gone : gone.querySelector("form") || gone;
    form.append(Object.assign(document.createElement("p"), { className: "problem passed", textContent: passed }));
  }

  // Where the reader is: the focus, else the pointer, else what stands at the top of a page that was scrolled.
  function anchor(main, pointer) {
    const focus = document.activeElement;
    let held = focus && focus !== main && main.contains(focus) ? focus : null;
    if (!held && pointer) held = document.elementFromPoint(pointer.x, pointer.y);
    if ((!held || !main.contains(held) || held === main) && scrollY > 0) held = document.elementFromPoint(innerWidth / 2, 96);
    if (!held || !main.contains(held) || held === main) return () => {};
    const line = [];
    for (let each = held; each && each !== main; each = each.parentElement) line.push([each, each.getBoundingClientRect().top]);
    return () => {
      const [kept, top] = line.find(([each]) => each.isConnected && each.getClientRects().length) || [];
      if (kept) scrollBy({ top: kept.getBoundingClientRect().top - top, behavior: "instant" });
    };
  }

  // Changes `main` to what `html` has inside; gives the elements that are new.
  function change(main, html, pointer, words) {
    made = [];
    passed = words;
    const wanted = new DOMParser().parseFromString(`<!doctype html><main>${html}</main>`, "text/html").querySelector("main");
    const focus = document.activeElement;
    const line = [];
    for (let each = focus; each && each !== main && main.contains(each); each = each.parentElement) if (each.id) line.push(each.id);
    const hold = anchor(main, pointer);
    for (const each of main.querySelectorAll(".fresh")) each.classList.remove("fresh");
    children(main, wanted);
    if (line.length && document.activeElement !== focus) {   // what had the focus is gone: what it stood in has it now
      const near = focus.isConnected ? focus : line.map((id) => document.getElementById(id)).find(Boolean) || main;
      if (near.tabIndex < 0) near.tabIndex = -1;
      near.focus({ preventScroll: true });
    }
    hold();
    return made.filter((each) => each.isConnected);
  }

  return { change };
})();
