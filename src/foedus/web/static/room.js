// Keeps a page of a room as the server has it: when something was entered, the page is fetched again and its parts are
// changed where they differ (morph.js). Everything works without scripts too, by sending forms and reloading.
"use strict";

(() => {
  const body = document.body;
  const main = document.querySelector("main");
  const { room, stream, look } = body.dataset;
  const said = document.getElementById("said");
  const lost = document.getElementById("lost");
  const state = document.getElementById("state");
  const number = () => Number((main.querySelector("[data-told]") || { dataset: {} }).dataset.told || 0);
  let shown = Number(body.dataset.entry || 0);
  let wanted = shown;
  let fetching = false;
  const live = body.dataset.live === "yes";
  let told = number();
  let pointer = null;
  let fade = 0;

  // ---- the page as it is now ----

  async function fresh() {
    if (fetching || document.hidden) return;                 // a hidden tab is made fresh when it is looked at
    fetching = true;
    try {
      while (wanted > shown) {
        const goal = wanted;
        const answer = await fetch(live ? location.href : `/rooms/${room}`, { headers: { "X-Part": "main" }, cache: "no-store", redirect: "manual" });
        if (!answer.ok) { gone(answer); break; }
        const html = await answer.text();
        shown = wanted < goal ? -1 : Math.max(Number(answer.headers.get("X-Entry")) || 0, goal);
        if (live) mark(Morph.change(main, html, pointer, body.dataset.passed));
        else bar(html);
        tick();
        announce();
        renew();
      }
    } catch (error) { up(false); } finally { fetching = false; }
  }

  // A page that is not made anew, as what stands on it is shown once: the bar on top is, as the table has it.
  function bar(html) {
    const next = new DOMParser().parseFromString(html, "text/html").getElementById("bar");
    const old = document.getElementById("bar");
    if (next && old) old.replaceChildren(...next.childNodes);
  }

  // Whoever is no longer in the room is shown the door.
  function gone(answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401) location.reload();
  }

  function mark(made) {
    clearTimeout(fade);
    for (const each of made) if (each.matches("section, li, tr, article, p, dl > div")) each.classList.add("fresh");
    fade = setTimeout(() => { for (const each of main.querySelectorAll(".fresh")) each.classList.remove("fresh"); }, 8000);
  }

  function announce() {
    if (number() <= told) return;
    told = number();
    say(main.querySelector("[data-told]").textContent.trim());
  }

  function say(words) { said.textContent = said.textContent === words ? `${words}\u00a0` : words; }

  // The server was started anew with other scripts or styles: load them, unless something is half typed.
  function renew() {
    const bar = main.querySelector("[data-look]");
    const half = [...main.querySelectorAll("textarea, input[type=text], input:not([type])")].some((each) => each.value !== each.defaultValue);
    if (bar && look && bar.dataset.look !== look && !half) location.reload();
  }

  // ---- the stream ----

  function up(is, ended) {
    body.classList.toggle("lost", !is);
    if (lost.hidden !== is) lost.hidden = is;
    if (state) state.textContent = is ? body.dataset.connected : body.dataset.lost;
    if (ended) fetch(location.href, { headers: { "X-Part": "main" }, cache: "no-store", redirect: "manual" }).then(gone, () => {});
  }

  function heard(entry) {
    wanted = Math.max(wanted, entry);
    fresh();
  }

  function got(data) {
    if ("up" in data) up(data.up, data.ended);
    if (data.entry < wanted) { wanted = data.entry; shown = -1; fresh(); }    // the server was started anew, and counts anew
    else if ("entry" in data) heard(data.entry);
  }

  function shared() {
    const worker = new SharedWorker(stream, { name: `room ${room}` });
    worker.port.onmessage = ({ data }) => got(data);
    worker.port.postMessage({ room });
    addEventListener("pagehide", () => worker.port.postMessage({ bye: true }));
    addEventListener("pageshow", (event) => { if (event.persisted) worker.port.postMessage({ room }); });
    addEventListener("online", () => worker.port.postMessage({ room }));
  }

  // Where tabs cannot share a worker, each holds a stream of its own, for as long as it is looked at.
  function alone() {
    let source = null;
    let wait = 500;
    const shut = () => { if (source) source.close(); source = null; };
    const open = () => {
      shut();
      if (document.hidden) return;
      source = new EventSource(`/rooms/${room}/stream`);
      source.onopen = () => { wait = 500; got({ up: true }); };
      source.onmessage = (event) => got({ entry: Number(event.data) });
      source.onerror = () => {
        const ended = source.readyState === 2;
        got({ up: false, ended });
        if (ended) { setTimeout(open, wait + Math.random() * wait); wait = Math.min(wait * 2, 15000); }
      };
    };
    document.addEventListener("visibilitychange", () => { if (document.hidden) shut(); else open(); });
    addEventListener("pagehide", shut);
    addEventListener("pageshow", (event) => { if (event.persisted) open(); });
    open();
  }

  function listen() {
    try { shared(); } catch (error) { alone(); }
    document.addEventListener("visibilitychange", () => { if (!document.hidden) fresh(); });
    addEventListener("pageshow", (event) => { if (event.persisted) { shown = -1; fresh(); } });
    addEventListener("offline", () => up(false));
    addEventListener("pointermove", (event) => { pointer = { x: event.clientX, y: event.clientY }; }, { passive: true });
    document.documentElement.addEventListener("pointerleave", () => { pointer = null; });
  }

  // ---- forms ----

  const hex = () => [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");

  function problems(form) {
    const found = form.querySelector(".problem:not(.passed)") || form.appendChild(Object.assign(document.createElement("p"), { className: "problem" }));
    found.setAttribute("role", "alert");
    return found;
  }

  // What is wrong stands in the form; where that has gone meanwhile, above the page.
  function complain(form, words) {
    const above = document.getElementById("amiss");
    if (above) above.remove();
    if (form.isConnected) problems(form).textContent = words;
    else if (words) main.before(Object.assign(document.createElement("p"), { id: "amiss", className: "banner bad", role: "alert", textContent: words }));
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-act]") || event.defaultPrevented) return;
    event.preventDefault();
    const button = event.submitter || form;
    if (form.dataset.busy) return;                           // pressed twice
    form.dataset.busy = "yes";
    const fields = new URLSearchParams(new FormData(form, event.submitter));
    fields.set("once", form.dataset.once || (form.dataset.once = hex()));     // tried again, it is the same
    button.setAttribute("aria-busy", "true");
    complain(form, "");
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
      if (answer.status === 401) location.reload();
      const found = await answer.json();
      delete form.dataset.once;
      if (answer.ok) {
        form.reset();
        for (const each of form.querySelectorAll(".passed")) each.remove();
        const details = form.closest("details");
        if (details && details.dataset.close === "yes") {
          const at = details.contains(document.activeElement) && details.querySelector("summary");
          details.open = false;
          if (at) at.focus({ preventScroll: true });
        }
        say(body.dataset.done);
        if (new URLSearchParams(location.search).has("draft")) {   // it is moved: the form is not filled in again
          const address = new URL(location.href);
          address.searchParams.delete("draft");
          address.hash = "";
          history.replaceState(null, "", address);
        }
      } else {
        complain(form, [found.article, found.title, found.help].filter(Boolean).join(" · "));
      }
      if ("entry" in found) heard(found.entry + 1);
    } catch (error) {
      complain(form, body.dataset.notSent);
    } finally {
      delete form.dataset.busy;
      button.removeAttribute("aria-busy");
    }
  });

  // ---- times that run, by the clock that the server had when it made the page ----

  const skew = Number(body.dataset.real || Date.now()) - Date.now();
  const two = (n) => String(n).padStart(2, "0");
  const tongue = document.documentElement.lang;
  const day = new Intl.DateTimeFormat(tongue === "en" ? "en-GB" : tongue, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  function left(seconds) {
    const n = Math.abs(seconds);
    const text = n >= 86400 ? `${Math.floor(n / 86400)} d ${Math.floor((n % 86400) / 3600)} h`
      : n >= 3600 ? `${Math.floor(n / 3600)}:${two(Math.floor((n % 3600) / 60))}:${two(n % 60)}`
      : `${Math.floor(n / 60)}:${two(n % 60)}`;
    return (seconds < 0 ? "−" : "") + text;
  }

  function put(each, text) { if (each.textContent !== text) each.textContent = text; }

  function tick() {
    const now = Date.now() + skew;
    for (const each of document.querySelectorAll("time[data-until]")) {
      const seconds = Math.round((Number(each.dataset.until) - now) / 1000);
      put(each, left(seconds));
      each.classList.toggle("over", seconds < 0);
    }
    for (const each of document.querySelectorAll("time[data-room]")) {
      const [at, real, pace] = each.dataset.room.split(" ").map(Number);
      const time = new Date(at + Math.max(Math.floor((now - real) / 1000), 0) * 1000 * pace);
      const words = day.format(time).replace(/^1 /, tongue === "fr" ? "1er " : "1 ");
      put(each, `${words}, ${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`);
    }
  }

  document.documentElement.classList.add("script");
  const here = document.querySelector("#top nav [aria-current]");            // on a phone the menu is wider than the screen
  if (here) here.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
  setInterval(tick, 1000);
  tick();
  if (room) listen();
  if (body.classList.contains("screen") && navigator.wakeLock) {             // a projector does not fall asleep
    const wake = () => { if (!document.hidden) navigator.wakeLock.request("screen").catch(() => {}); };
    document.addEventListener("visibilitychange", wake);
    wake();
  }
})();
