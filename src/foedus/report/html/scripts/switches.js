// Switches: answering an open question moves the verdicts that turn on it.
//
// What is supposed is in the address, by stable id: ?suppose=directed:no;cst.aggression:any%20author
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("switches").textContent);
  const said = data.say;
  const $ = (id) => document.getElementById(id);

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const text = button.dataset.copy === "link" ? location.href : $("command").textContent;
      try {
        await navigator.clipboard.writeText(text);
        $("copied").textContent = said.copied;
      } catch {
        $("copied").textContent = said.notCopied;
      }
    });
  }
  const form = $("suppose");
  if (!data.rows || !form) return;

  const { questions, answerOf, answer, ways, UNASKED } = reckon(data);
  const fill = (template, parts) => template.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  const lists = new Intl.ListFormat(data.language === "en" ? "en-GB" : data.language, { type: "conjunction" });
  const listed = (parts) => lists.format(parts);
  const make = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  // ---- the address ----

  // `;` and `:` part what is supposed, so they are written as numbers inside a name; `'` always is in a query.
  const written = (text) => encodeURIComponent(text).replace(/%(2C|2F|40)/g, decodeURIComponent).replace(/'/g, "%27");
  const reading = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  function fromAddress() {
    const supposed = new Map();
    const unknown = [];
    const [, query = ""] = location.search.match(/[?&]suppose=([^&]*)/) ?? [];
    const take = (id, value = "") => {
      if (answerOf(id, value)) supposed.set(id, value);
      else unknown.push(`${id}:${value}`);
    };
    for (const item of query.split(";").filter(Boolean)) {
      const [id, value = ""] = item.split(/:(.*)/s).map(reading);
      if (answerOf(id, value) || !/%3[ab]/i.test(item)) take(id, value);
      else {
        // Written anew by a program that hides the signs between names too: names are known by heart.
        for (const piece of reading(item).split(";")) {
          const known = data.questions.find((question) => piece.startsWith(`${question.id}:`));
          if (known) take(known.id, piece.slice(known.id.length + 1));
          else take(...piece.split(/:(.*)/s, 2));
        }
      }
    }
    return { supposed: inOrder(supposed), unknown };
  }

  const inOrder = (supposed) =>
    new Map(data.questions.filter(({ id }) => supposed.has(id)).map(({ id }) => [id, supposed.get(id)]));

  function toAddress(supposed) {
    const others = location.search.slice(1).split("&").filter((part) => part && !part.startsWith("suppose="));
    const items = [...supposed].map(([id, value]) => `${written(id)}:${written(value)}`);
    if (items.length) others.push(`suppose=${items.join(";")}`);
    return `${location.pathname}${others.length ? `?${others.join("&")}` : ""}${location.hash}`;
  }

  // ---- words ----

  const settingWords = (number, one) => fill(said.answer, { letter: data.questions[number].letter, answer: one.said });
  const answerWords = (supposed) =>
    listed(
      [...supposed].map(([id, value]) => settingWords(data.questions.indexOf(questions.get(id)), answerOf(id, value))),
    );

  function turnsWords(turns) {
    const letters = turns.filter((number) => number !== UNASKED).map((number) => data.questions[number].letter);
    if (letters.length === turns.length) return letters.length ? fill(said.on, { letters: listed(letters) }) : "";
    return letters.length ? fill(said.onMore, { letters: listed(letters) }) : said.onRest;
  }

  const isApart = (outcomes) =>
    outcomes.some((one) => one.settled !== outcomes[0].settled || `${one.turns}` !== `${outcomes[0].turns}`);
  const verdictWord = (finding, outcomes) =>
    isApart(outcomes) ? said.apart : finding.words[outcomes[0].settled];
  const verdictTurns = (outcomes) => (isApart(outcomes) ? "" : turnsWords(outcomes[0].turns));
  const shape = (outcomes) => {
    if (isApart(outcomes)) return "depends";
    return { yes: "holds", no: "fails", lifted: "fails", unread: "unread" }[outcomes[0].settled] ?? "depends";
  };

  // ---- verdicts ----

  // Beside each verdict stands what it turns on, as recorded. While something is supposed that is hidden,
  // and what holds then stands in its place; verdicts that share a list of conditions do so together.
  const verdicts = [...document.querySelectorAll("[data-finding]")]
    .map((element) => ({
      element,
      finding: data.findings.find((finding) => finding.id === element.dataset.finding),
      together: element.closest(".alike") ?? element,
      shape: element.querySelector(".shape use"),
      word: element.querySelector(".word"),
      was: element.querySelector(".was"),
      now: make("span", "turns now"),
      ways: make("ul", "turns conditions now"),
    }))
    .filter(({ finding, word }) => finding && word);
  for (const verdict of verdicts) {
    verdict.recorded = { shape: verdict.shape?.getAttribute("href"), word: verdict.word.textContent };
    verdict.turns = [...verdict.together.querySelectorAll(".turns")];
  }
  for (const { word, element, now, ways: list } of verdicts) {
    now.hidden = list.hidden = true;
    word.after(" ", now);
    element.append(list);
  }
  const recorded = answer(new Map());
  const key = (outcomes) => JSON.stringify(outcomes);
  const hasMoved = (finding, answered) => !answered || key(answered.get(finding.id)) !== key(recorded.get(finding.id));

  function wayLines(finding, supposed) {
    const lines = [];
    for (const wanted of ["yes", "no"]) {
      const { sets, complete } = ways(finding, supposed, wanted);
      if (!sets.length) continue;
      const each = sets.map((set) =>
        set.map(([number, one]) => settingWords(number, one)).reduce((one, other) => fill(said.with, { one, other })),
      );
      const all = each.reduce((one, other) => fill(said.or, { one, other }));
      lines.push(fill(complete ? said.if : said.ifMore, { word: finding.words[wanted], ways: all }));
    }
    return lines;
  }

  function conditionLines(finding, outcomes, supposed) {
    if (isApart(outcomes)) {
      return outcomes.map((outcome) => {
        const parts = { bearers: listed(outcome.bearers), word: finding.words[outcome.settled], turns: turnsWords(outcome.turns) };
        return fill(parts.turns ? said.bearerTurning : said.bearer, parts);
      });
    }
    return outcomes[0].settled === "depends" ? wayLines(finding, supposed) : [];
  }

  function wasWords(finding, before) {
    const turns = verdictTurns(before);
    return fill(turns ? said.wasTurning : said.was, { word: verdictWord(finding, before), turns });
  }

  function showVerdict(verdict, answered, replaced, supposed) {
    const { finding, element, shape: drawn, word, was, now: turns, ways: list } = verdict;
    const moved = hasMoved(finding, answered);
    const outcomes = answered?.get(finding.id);
    element.classList.toggle("moved", moved);
    for (const one of verdict.turns) one.hidden = replaced;
    turns.hidden = list.hidden = !replaced;
    turns.textContent = outcomes && replaced ? verdictTurns(outcomes) : "";
    const lines = outcomes && replaced ? conditionLines(finding, outcomes, supposed) : [];
    list.replaceChildren(...lines.map((line) => make("li", "settling", line)));
    list.hidden ||= !lines.length;
    drawn?.setAttribute("href", !moved ? verdict.recorded.shape : outcomes ? `#s-${shape(outcomes)}` : "#s-absent");
    word.textContent = !moved ? verdict.recorded.word : outcomes ? verdictWord(finding, outcomes) : said.impossibleWord;
    if (was) was.textContent = moved ? wasWords(finding, recorded.get(finding.id)) : "";
  }

  function showVerdicts(answered, supposed) {
    const moved = new Set(verdicts.filter(({ finding }) => hasMoved(finding, answered)).map(({ together }) => together));
    for (const verdict of verdicts) showVerdict(verdict, answered, moved.has(verdict.together), supposed);
  }

  // ---- what moved ----

  function movedLines(now) {
    const lines = [];
    for (const finding of data.findings) {
      const before = recorded.get(finding.id);
      const after = now.get(finding.id);
      if (key(before) === key(after)) continue;
      const words = [before, after].map((outcomes) => verdictWord(finding, outcomes));
      const turns = verdictTurns(after);
      const still = words[0] === words[1] && turns;
      const template = still ? said.still : turns ? said.movedTurning : said.moved;
      const parts = { finding: finding.title, before: words[0], after: words[1], word: words[1], turns };
      lines.push(make("li", "", fill(template, parts)));
    }
    return lines;
  }

  function summary(now, supposed, unknown, told) {
    const parts = [];
    if (unknown.length) parts.push(make("p", "unknown", fill(said.unknown, { names: unknown.join("; ") })));
    if (!supposed.size) return told ? [...parts, make("p", "", said.asRecorded)] : parts;
    const answers = answerWords(supposed);
    if (now === null) return [...parts, make("p", "", fill(said.impossible, { answers }))];
    const lines = movedLines(now);
    parts.push(make("p", "", fill(said.supposing, { answers })));
    if (lines.length) parts.push(make("ul", "", ...lines));
    if (lines.length < data.findings.length) parts.push(make("p", "", lines.length ? said.others : said.nothing));
    return parts;
  }

  const quotedWord = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'"'"'`)}'`);
  function commandFor(supposed) {
    const all = { ...data.supposed, ...Object.fromEntries(supposed) };
    const words = [...data.command];
    for (const [id, value] of Object.entries(all)) words.push("--suppose", `${id}=${value}`);
    return words.map(quotedWord).join(" ");
  }

  const notice = make("p", "lead supposing");
  notice.hidden = true;
  document.querySelector("#answer > h2")?.after(notice);

  let current = new Map();
  let lastTurned = null;

  function show({ supposed, unknown = [] }, told = true) {
    current = supposed;
    const now = answer(supposed);
    showVerdicts(now, supposed);
    for (const field of form.querySelectorAll("[data-question]")) {
      const value = supposed.get(field.dataset.question) ?? "";
      const folded = field.closest("details");
      if (value && folded) folded.open = true;
      for (const input of field.querySelectorAll("input[type=radio]")) input.checked = input.value === value;
    }
    document.body.classList.toggle("supposing", supposed.size > 0);
    notice.hidden = !supposed.size;
    notice.textContent = supposed.size ? fill(said.notice, { answers: answerWords(supposed) }) : "";
    $("command").textContent = commandFor(supposed);
    $("moved").replaceChildren(...summary(now, supposed, unknown, told));
  }

  // One entry of the history for every question turned: trying its answers one after the other, as
  // arrow keys do, stays one step back.
  function suppose(supposed, turned = null) {
    const again = turned !== null && turned === lastTurned;
    lastTurned = turned;
    try {
      history[again ? "replaceState" : "pushState"](null, "", toAddress(supposed));
    } catch {
      // A page inside another has no address of its own; it is shown all the same.
    }
    show({ supposed });
  }

  form.addEventListener("change", ({ target }) => {
    const field = target.closest("[data-question]");
    if (!field) return;
    const supposed = new Map(current);
    if (target.value === "") supposed.delete(field.dataset.question);
    else supposed.set(field.dataset.question, target.value);
    suppose(inOrder(supposed), field.dataset.question);
  });
  $("as-recorded")?.addEventListener("click", () => suppose(new Map()));

  for (const row of document.querySelectorAll("[data-speaker][data-holds]")) {
    const holds = Object.entries(JSON.parse(row.dataset.holds)).filter(([id, value]) => answerOf(id, value));
    row.querySelector("button")?.addEventListener("click", () => {
      suppose(inOrder(new Map(holds)));
      form.tabIndex = -1;
      form.focus({ preventScroll: true });
      form.scrollIntoView({ block: "nearest" });
    });
  }

  addEventListener("popstate", () => {
    const found = fromAddress();
    lastTurned = null;
    if (JSON.stringify([...found.supposed]) !== JSON.stringify([...current])) show(found);
  });
  // A browser that restores what was chosen does so after this script has run.
  addEventListener("pageshow", () => show({ ...fromAddress() }, current.size > 0));
  show(fromAddress(), false);

  // For the curious, and for tests: foedus.answer({directed: "no"}).
  window.foedus = {
    answer(supposed) {
      const found = answer(new Map(Object.entries(supposed)));
      return found && Object.fromEntries(found);
    },
  };
})();
