// The answer under what is supposed, read off the table that the page carries. Nothing is shown here.
//
// A row is (column, row if it is so, row if it is not); row 0 is impossible, row 1 possible, and the
// rows of the table are numbered from 2. What is supposed is a Map from question ids to answers.
function reckon(data) {
  "use strict";
  const UNASKED = -1;
  const MOST_SETS = 6; // ways shown, each way
  const LARGEST_SET = 4;
  const MOST_TRIED = 2000;
  const questions = new Map(data.questions.map((question) => [question.id, question]));

  const answerOf = (id, value) => questions.get(id)?.answers.find((answer) => answer.value === value);

  // Which columns are settled, and how: -1 is open.
  function settled(supposed) {
    const columns = new Map();
    for (const question of data.questions) {
      const answer = answerOf(question.id, supposed.get(question.id));
      for (const [column, so] of answer ? answer.settles : question.recorded) columns.set(column, so);
    }
    return columns;
  }

  // Whether a row leads to 1 by columns as they are settled, and either way where one is open.
  function possibly(columns) {
    const known = new Int8Array(data.rows.length / 3 + 2).fill(-1);
    known[0] = 0;
    known[1] = 1;
    return function possible(row) {
      if (known[row] < 0) {
        const [column, so, not] = data.rows.slice(3 * (row - 2), 3 * (row - 1));
        const is = columns.get(column);
        known[row] = Number((is !== 0 && possible(so)) || (is !== 1 && possible(not)));
      }
      return known[row] === 1;
    };
  }

  function settlement(outcome, columns, possible) {
    if (!possible(outcome.fails)) return "yes";
    if (!possible(outcome.holds)) {
      return outcome.barred !== null && !possible(outcome.barred) ? "lifted" : "no";
    }
    const unread = outcome.alwaysUnread || outcome.unread.some((column) => columns.get(column) === 1);
    return unread && !(possible(outcome.sure) && possible(outcome.never)) ? "unread" : "depends";
  }

  function turning(outcome, columns, possible) {
    const found = new Set();
    for (const [question, row, ...block] of outcome.sways) {
      const over = block.some((column) => columns.get(column) === 1) || (block.length === 1 && columns.has(block[0]));
      if (!over && possible(row)) found.add(question);
    }
    return [...found].sort((a, b) => a - b);
  }

  // What each finding says: null if the answers cannot all be so.
  function answer(supposed) {
    const columns = settled(supposed);
    const possible = possibly(columns);
    if (!data.admissible.every(possible)) return null;
    const found = new Map();
    for (const finding of data.findings) {
      found.set(
        finding.id,
        finding.outcomes.map((outcome) => {
          const word = settlement(outcome, columns, possible);
          const open = word === "depends" || word === "unread";
          const turns = open ? turning(outcome, columns, possible) : [];
          return { bearers: outcome.bearers, settled: word, turns };
        }),
      );
    }
    return found;
  }

  // Smallest sets of further answers, by [question's number, answer], that settle an outcome one way.
  // `complete` is false if there may be other ways.
  function ways(finding, supposed, wanted) {
    const [outcome] = finding.outcomes;
    const now = answer(supposed).get(finding.id)[0];
    const open = now.turns.filter((number) => number !== UNASKED);
    const sets = [];
    let complete = open.length === now.turns.length;
    let tried = 0;
    const settles = (set) => {
      const more = new Map(supposed);
      for (const [number, answer] of set) more.set(data.questions[number].id, answer.value);
      const columns = settled(more);
      const possible = possibly(columns);
      if (!data.admissible.every(possible)) return false;
      const word = settlement(outcome, columns, possible);
      return (word === "lifted" ? "no" : word) === wanted;
    };
    let row = [[]];
    for (let size = 1; row.length; size++) {
      const next = [];
      for (const set of row) {
        const last = set.length ? open.indexOf(set.at(-1)[0]) : -1;
        for (const number of open.slice(last + 1)) {
          for (const one of data.questions[number].answers) {
            const longer = [...set, [number, one]];
            if (sets.some((less) => less.every(([n, a]) => longer.some(([m, b]) => n === m && a === b)))) continue;
            if (++tried > MOST_TRIED || sets.length > MOST_SETS) return { sets: sets.slice(0, MOST_SETS), complete: false };
            if (settles(longer)) sets.push(longer);
            else if (size < Math.min(LARGEST_SET, open.length)) next.push(longer);
            else if (size < open.length) complete = false;
          }
        }
      }
      row = next;
    }
    return { sets, complete };
  }

  return { questions, answerOf, answer, ways, UNASKED };
}
