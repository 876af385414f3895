// One pair at a time; in it, from passage to passage, with both texts brought to the same words.
(() => {
  "use strict";
  const pairs = [...document.querySelectorAll("section.pair")];
  if (!pairs.length) return;
  document.documentElement.classList.add("scripted-page");
  for (const control of document.querySelectorAll(".scripted")) control.hidden = false;
  const small = matchMedia("(max-width: 43.75rem)");
  const links = [...document.querySelectorAll('.pairs a[href^="#pair-"]')];

  // Below a text that is scrolled there is room to bring its last words to any height.
  const measure = (pair) => {
    for (const box of pair.querySelectorAll(".text")) {
      box.classList.remove("long");
      box.classList.toggle("long", box.scrollHeight > box.clientHeight + 1);
    }
  };

  const show = (pair) => {
    for (const one of pairs) one.hidden = one !== pair;
    for (const link of links) {
      if (link.hash === `#${pair.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    measure(pair);
  };

  const pane = (pair, side) => pair.querySelector(`.pane[data-side="${side}"] .text`);
  const badge = (pair, number, side) => document.getElementById(`p${pair.dataset.pair}-${number}-${side}`);

  // In a small window one of the two texts is in front.
  const front = (pair, side) => {
    for (const one of pair.querySelectorAll(".pane")) one.classList.toggle("behind", one.dataset.side !== `${side}`);
    for (const button of pair.querySelectorAll("[data-show]"))
      button.setAttribute("aria-pressed", `${button.dataset.show === `${side}`}`);
    measure(pair);
  };

  const each = (pair, number, mark, on) => {
    for (const one of pair.querySelectorAll(`[data-p~="${number}"]`)) one.classList.toggle(mark, on);
  };

  // How far below the upper edge of its text something stands now.
  const height = (box, one) => one.getBoundingClientRect().top - box.getBoundingClientRect().top;

  const choose = (pair, number, { side = 1, at = null, focus = false } = {}) => {
    const before = pair.dataset.at;
    if (before) each(pair, before, "on", false);
    pair.dataset.at = number;
    each(pair, number, "on", true);
    if (small.matches) front(pair, side);
    const placed = [1, 2]
      .map((n) => ({ box: pane(pair, n), target: badge(pair, number, n) }))
      .filter(({ box, target }) => target && box.offsetParent !== null)
      .map(({ box, target }) => ({ box, below: box.scrollTop + height(box, target) }));
    // Both at one height, as far as their texts can be scrolled.
    let aim = at ?? placed[0]?.box.clientHeight / 4;
    for (const { box, below } of placed) aim = Math.max(24, Math.min(aim, box.clientHeight - 48, below));
    for (const { box, below } of placed) aim = Math.max(aim, below - (box.scrollHeight - box.clientHeight));
    for (const { box, below } of placed) box.scrollTo({ top: below - Math.min(aim, box.clientHeight - 24) });
    const target = badge(pair, number, side);
    const status = pair.querySelector(".status");
    const words = { number, all: pair.dataset.passages, kind: target?.dataset.kind ?? "" };
    status.textContent = status.dataset.words.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
    if (target?.dataset.besides) status.textContent += ` – ${target.dataset.besides}`;
    if (focus) target?.focus({ preventScroll: true });
    history.replaceState(null, "", `#p${pair.dataset.pair}-${number}-${side}`);
  };

  const move = (pair, by) => {
    const numbers = [...pair.querySelectorAll('.pane[data-side="1"] .badge')].map((one) => Number(one.dataset.p));
    if (!numbers.length) return;
    const now = numbers.indexOf(Number(pair.dataset.at ?? NaN));
    const next = now < 0 ? (by > 0 ? 0 : numbers.length - 1) : (now + by + numbers.length) % numbers.length;
    const side = Number(pair.querySelector('[data-show][aria-pressed="true"]')?.dataset.show ?? 1);
    choose(pair, numbers[next], { side: small.matches ? side : 1 });
  };

  for (const pair of pairs) {
    front(pair, 1);
    pair.addEventListener("click", (event) => {
      const target = event.target;
      const mover = target.closest("[data-move]");
      if (mover) return move(pair, Number(mover.dataset.move));
      const shown = target.closest("[data-show]");
      if (shown) {
        front(pair, shown.dataset.show);
        if (pair.dataset.at) choose(pair, pair.dataset.at, { side: Number(shown.dataset.show) });
        return;
      }
      const found = target.closest("[data-p]");
      if (!found || !getSelection().isCollapsed) return;
      const numbers = found.dataset.p.split(" ");
      const number = numbers[(numbers.indexOf(pair.dataset.at) + 1) % numbers.length];
      const text = found.closest(".text");
      const side = Number(text?.parentElement.dataset.side ?? 1);
      const linked = target.closest(".badge");
      if (linked) event.preventDefault();
      const other = linked || small.matches ? 3 - side : side;
      const start = text && badge(pair, number, side);
      choose(pair, number, { side: other, at: start ? height(text, start) : null, focus: Boolean(linked) });
    });
    const light = (on) => (event) => {
      for (const number of event.target.closest?.("[data-p]")?.dataset.p.split(" ") ?? []) each(pair, number, "lit", on);
    };
    pair.addEventListener("mouseover", light(true));
    pair.addEventListener("mouseout", light(false));
    pair.addEventListener("focusin", light(true));
    pair.addEventListener("focusout", light(false));
    // Letters are keys only where the focus is in the texts, so that they take nothing from other programs.
    pair.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "n" || event.key === "p") {
        event.preventDefault();
        move(pair, event.key === "n" ? 1 : -1);
      }
    });
  }

  const follow = () => {
    const [, number, passage, side] = location.hash.match(/^#p(?:air-)?(\d+)(?:-(\d+)-([12]))?$/) ?? [];
    const pair = pairs.find((one) => one.dataset.pair === number);
    if (!pair) return false;
    show(pair);
    pair.scrollIntoView();
    if (passage) choose(pair, passage, { side: Number(side) });
    return true;
  };
  addEventListener("hashchange", follow);
  addEventListener("click", (event) => {
    // The same link once more changes no hash.
    const link = event.target.closest?.('a[href^="#p"]');
    if (link && link.hash === location.hash) follow();
  });
  if (!follow()) show(pairs[0]);
})();
