// Keeps a page of a room as the server has it: when something was entered, the page is fetched again and its parts are
// changed where they differ. Everything works without this script, by sending forms and reloading.
"use strict";

(() => {
  const body = document.body;
  const main = document.querySelector("main");
  const room = body.dataset.room;
  const live = body.dataset.live === "yes";
  const said = document.getElementById("said");
  let shown = Number(body.dataset.entry || 0);
  let wanted = shown;
  let fetching = false;
  let told = Number((main.querySelector("[data-told]") || { dataset: {} }).dataset.told || 0);

  // ---- changing the page where it differs ----

  const same = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "");
  const typed = (node) => node.matches && node.matches("input, textarea, select");

  function morph(from, to) {
    if (from.nodeType !== 1) { if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue; return; }
    if (from.isEqualNode(to) || from.hasAttribute("data-keep")) return;
    for (const { name, value } of [...to.attributes]) {
      if (name === "open" && from.nodeName === "DETAILS") continue;          // what one has opened stays open
      if (from.getAttribute(name) !== value) from.setAttribute(name, value);
    }
    for (const { name } of [...from.attributes]) {
      if (!to.hasAttribute(name) && !(name === "open" && /^(DETAILS|DIALOG)$/.test(from.nodeName))) from.removeAttribute(name);
    }
    if (typed(from)) {
      if (from.nodeName === "SELECT") { const kept = from.value; children(from, to); from.value = kept; }
      return;                                                                // what is being typed stays
    }
    children(from, to);
  }

  function children(from, to) {
    const byId = new Map();
    for (const child of from.children) if (child.id) byId.set(child.id, child);
    let at = from.firstChild;
    for (const next of [...to.childNodes]) {
      let found = null;
      if (next.id && byId.has(next.id)) found = byId.get(next.id);
      else if (at && same(at, next) && !(at.id && !next.id)) found = at;
      if (found) {
        if (found !== at) from.insertBefore(found, at); else at = at.nextSibling;
        morph(found, next);
      } else {
        from.insertBefore(document.importNode(next, true), at);
      }
    }
    while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
  }

  // ---- fetching ----

  async function fresh() {
    if (fetching || document.hidden) return;
    fetching = true;
    try {
      while (wanted > shown) {
        const goal = wanted;
        const answer = await fetch(location.href, { headers: { "X-Part": "main" }, cache: "no-store", redirect: "manual" });
        if (!answer.ok) { if (answer.type === "opaqueredirect" || answer.status === 401) location.reload(); break; }
        const text = await answer.text();
        const entry = Number(answer.headers.get("X-Entry") || goal);
        const made = new DOMParser().parseFromString(`<!doctype html><main>${text}</main>`, "text/html").querySelector("main");
        const focus = document.activeElement;
        children(main, made);
        if (focus && focus !== document.activeElement && focus.isConnected) focus.focus({ preventScroll: true });
        shown = Math.max(entry, goal);
        announce();
        tick();
      }
    } catch (error) { up(false); } finally { fetching = false; }
  }

  function announce() {
    const found = main.querySelector("[data-told]");
    if (!found) return;
    const number = Number(found.dataset.told);
    if (number > told) { told = number; said.textContent = found.textContent.trim(); }
  }

  // ---- the stream ----

  function up(is) {
    body.classList.toggle("lost", !is);
    document.getElementById("lost").hidden = is;
  }

  function heard(entry) { if (entry > wanted) wanted = entry; if (entry < shown) { shown = 0; wanted = entry; } fresh(); }

  function listen() {
    if (typeof SharedWorker === "function") {
      const worker = new SharedWorker(body.dataset.stream, { name: `room ${room}` });
      worker.port.onmessage = ({ data }) => {
        if ("up" in data) up(data.up !== false);
        if ("entry" in data) heard(data.entry);
      };
      worker.port.start();
      worker.port.postMessage({ room });
      addEventListener("pagehide", () => worker.port.postMessage({ bye: true }));
      addEventListener("pageshow", (event) => { if (event.persisted) worker.port.postMessage({ room }); });
    } else {
      let source = null;
      let wait = 500;
      const open = () => {
        if (source) source.close();
        source = new EventSource(`/rooms/${room}/stream`);
        source.onopen = () => { wait = 500; up(true); };
        source.onmessage = (event) => heard(Number(event.data));
        source.onerror = () => { up(false); if (source.readyState === 2) { setTimeout(open, wait); wait = Math.min(wait * 2, 15000); } };
      };
      document.addEventListener("visibilitychange", () => { if (document.hidden) source.close(); else open(); });
      if (!document.hidden) open();
    }
    document.addEventListener("visibilitychange", () => { if (!document.hidden) fresh(); });
  }

  // ---- forms ----

  const hex = () => [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-act]") || event.defaultPrevented) return;
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(form, event.submitter));
    fields.set("once", form.dataset.once || (form.dataset.once = hex()));
    const button = event.submitter;
    if (button) button.setAttribute("aria-busy", "true");
    const problem = form.querySelector(".problem") || form.appendChild(Object.assign(document.createElement("p"), { className: "problem" }));
    problem.setAttribute("role", "alert");
    problem.textContent = "";
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
      const found = await answer.json();
      delete form.dataset.once;
      if (answer.ok) {
        form.reset();
        const open = form.closest("details");
        if (open && open.dataset.close === "yes") open.open = false;
        heard(found.entry + 1);
      } else {
        problem.textContent = [found.article, found.title, found.help].filter(Boolean).join(" · ");
        if (found.entry) heard(found.entry + 1);
      }
    } catch (error) {
      problem.textContent = body.dataset.notSent;                            // the same key is sent when it is tried again
    } finally {
      if (button) button.removeAttribute("aria-busy");
    }
  });

  // ---- times that run, by the clock that the server had when it made the page ----

  const skew = Number(body.dataset.real || Date.now()) - Date.now();

  function tick() {
    const now = Date.now() + skew;
    for (const each of document.querySelectorAll("time[data-until]")) {
      const left = Math.round((Number(each.dataset.until) - now) / 1000);
      const n = Math.abs(left);
      const text = n >= 86400 ? `${Math.floor(n / 86400)} d ${Math.floor((n % 86400) / 3600)} h`
        : n >= 3600 ? `${Math.floor(n / 3600)}:${String(Math.floor((n % 3600) / 60)).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}`
        : `${Math.floor(n / 60)}:${String(n % 60).padStart(2, "0")}`;
      each.textContent = (left < 0 ? "−" : "") + text;
      each.classList.toggle("over", left < 0);
    }
    for (const each of document.querySelectorAll("time[data-room]")) {
      const [at, real, pace] = each.dataset.room.split(" ").map(Number);
      const room = new Date(at + Math.max(now - real, 0) * pace);
      each.textContent = new Intl.DateTimeFormat(document.documentElement.lang,
        { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC", hourCycle: "h23" }).format(room);
    }
  }

  document.documentElement.classList.add("script");
  setInterval(tick, 1000);
  tick();
  if (live && room) { listen(); }
})();
