// Grounds open and close: all at once, for a link that leads into one, and for paper.
(() => {
  "use strict";
  const { say: said, rows } = JSON.parse(document.getElementById("switches").textContent);
  const all = [...document.querySelectorAll("details")];

  for (const control of document.querySelectorAll(".scripted")) {
    // Where the page has no switches, what would turn them stays hidden.
    control.hidden = !rows && control.closest("#suppose, [data-speaker]") !== null;
  }

  const opener = document.getElementById("open-all");
  const label = () => {
    if (opener) opener.textContent = all.every((one) => one.open) ? said.closeAll : said.openAll;
  };
  opener?.addEventListener("click", () => {
    const open = !all.every((one) => one.open);
    for (const one of all) one.open = open;
    label();
  });
  for (const one of all) one.addEventListener("toggle", label);
  label();

  // A link may lead to something inside closed grounds.
  const reveal = () => {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      // Not written as a URL should be: taken as it stands.
    }
    const target = name && document.getElementById(name);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  addEventListener("click", (event) => {
    // The same link once more changes no hash.
    const link = event.target.closest?.('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  reveal();

  let before = null;
  addEventListener("beforeprint", () => {
    before ??= all.map((one) => one.open);
    for (const one of all) one.open = true;
  });
  addEventListener("afterprint", () => {
    before?.forEach((open, number) => (all[number].open = open));
    before = null;
  });
})();
