// How near an answer of a pupil comes to the true tree. Nothing here touches the page.
const isArrow = (one, derived, source) => one.what === "took" && one.derived === derived && one.source === source;
const truly = (derived, source) => lesson.arrows.some((t) => t.derived === derived && t.source === source);
const sourcesOf = (key) => lesson.arrows.filter((t) => t.derived === key).map((t) => t.source);
const openPair = (a, b) => lesson.open.some((o) => o.pair.includes(a) && o.pair.includes(b));
const openWay = (a) => lesson.open.some((o) => o.what === "direction" && o.pair.includes(a));
const openAtAll = (a) => lesson.open.some((o) => o.pair.includes(a));
const best = (list) => list.find((n) => n && n.mark === "found") || list.find((n) => n) || null;

// everybody whom a text goes back to
function above(key) {
  const found = new Set();
  const waiting = [...sourcesOf(key)];
  while (waiting.length) {
    const one = waiting.pop();
    if (found.has(one)) continue;
    found.add(one);
    waiting.push(...sourcesOf(one));
  }
  return found;
}

// a text that two others go back to; "somebody" is nobody in particular
function kin(a, b) {
  const [ofA, ofB] = [above(a).add(a), above(b).add(b)];
  return [...ofA].find((key) => key !== "x" && key !== a && key !== b && ofB.has(key));
}

// how near one drawn arrow comes to the true arrow t; null where it has nothing to do with it
function near(one, t, answers) {
  if (one.what !== "took") return null;
  const words = { yours: called(one.source), source: called(t.source), derived: called(t.derived) };
  const partly = (phrase, more) => ({ mark: "partly", words: fill(W[phrase], words), ...more });
  const isRight = isArrow(one, t.derived, t.source);
  if (isRight || isArrow(one, t.source, t.derived)) {
    const both = answers.some((o) => isArrow(o, t.derived, t.source)) && answers.some((o) => isArrow(o, t.source, t.derived));
    if (both) return partly("way_both", { turned: true });
    return isRight ? { mark: "found", words: "" } : partly("way_turned", { turned: true });
  }
  if (one.derived !== t.derived || truly(one.derived, one.source)) return null;
  if (one.source === "x" && !isArticle(t.source)) return partly("way_somebody");
  if (lesson.same[one.source] === t.source) return partly("way_name");
  if (above(t.source).has(one.source)) return partly("way_grand");
  const goesBack = above(one.source);
  if (t.source !== "x" && goesBack.has(t.source) && !goesBack.has(one.derived)) return partly("way_sibling");
  return null;
}

// what is to be said of one answer of the pupil
function judge(one, answers) {
  if (one.what === "doubt") return judgeDoubt(one.a, one.b);
  if (one.what === "nobody") return judgeNobody(one.derived);
  const found = best(lesson.arrows.map((t) => near(one, t, answers)));
  if (found) return found;
  if (openPair(one.derived, one.source) || (one.source === "x" && openWay(one.derived))) return { mark: "open", words: W.way_open };
  return { mark: "extra", words: whyNot(one.derived, one.source) };
}

function whyNot(derived, source) {
  if ((lesson.facts[derived] || []).includes(source)) return fill(W.way_fact, { yours: called(source) });
  if (above(source).has(derived)) return fill(W.way_later, { yours: called(source), derived: called(derived) });
  const root = kin(derived, source);
  if (root) return fill(W.way_kin, { root: called(root) });
  const why = lesson.why_not[`${derived} ${source}`] || lesson.why_not[`${source} ${derived}`];
  if (why) return fill(W.way_why, { why });
  return lesson.complete ? W.way_extra : W.way_maybe;
}

function judgeNobody(key) {
  const sources = sourcesOf(key);
  if (sources.length) return { mark: "extra", words: fill(W.way_own_wrong, { source: from(sources[0]) }) };
  if (openAtAll(key)) return { mark: "open", words: W.way_own_open };
  return { mark: "right", words: W.way_own_right };
}

function judgeDoubt(a, b) {
  if (openPair(a, b)) return { mark: "right", words: W.way_doubt_right };
  const t = lesson.arrows.find((one) => samePair({ what: "took", ...one }, a, b));
  if (t) return { mark: "open", words: fill(W.way_doubt_arrow, { derived: called(t.derived), source: from(t.source) }) };
  const root = kin(a, b);
  return { mark: "open", words: root ? fill(W.way_doubt_kin, { root: called(root) }) : W.way_doubt_none };
}

// the sentences above the answers: what is right comes first
function summary(marks, answers) {
  const n = lesson.arrows.length;
  if (!answers.length) return [n ? W.nothing_drawn : W.no_arrows];
  const judged = answers.map((one) => ({ one, ...judge(one, answers) }));
  const took = judged.filter((j) => j.one.what === "took");
  const extra = took.filter((j) => j.mark === "extra").length;
  const own = judged.filter((j) => j.one.what === "nobody");
  const right = own.filter((j) => j.mark !== "extra").length;
  const isLed = n > 0 && marks.found + marks.partly === 0 && right > 0;
  const lines = [];
  if (isLed) lines.push(oneOrMany("own_lead", right));
  if (n === 0) lines.push(W.no_arrows);
  else if (marks.found === n) lines.push(fill(W.found_all, { n }));
  else if (marks.found) lines.push(oneOrMany("found", n, { found: marks.found }));
  else if (!marks.partly) lines.push(W.found_none);
  if (marks.partly) lines.push(oneOrMany("partly", marks.partly));
  if (extra) lines.push(oneOrMany("extra", extra));
  else if (took.length && !took.some((j) => j.turned)) lines.push(W.extra_no);
  const agreed = judged.filter((j) => j.one.what === "doubt" && j.mark === "right").length;
  if (agreed) lines.push(fill(W.open_agreed, { n: agreed, m: lesson.open.length }));
  if (took.some((j) => j.mark === "open")) lines.push(W.open_one);
  if (own.length && !(isLed && right === own.length)) lines.push(fill(W.own_right, { n: own.length, right }));
  return lines;
}

// of the number that a pupil counted; null is none
function reportsSaid(yours) {
  if (lesson.reports === null) return [];
  const [low, high] = lesson.range;
  const values = { yours, n: lesson.reports };
  if (yours === null) return [fill(W.reports_none, values)];
  if (yours === lesson.reports) return [fill(W.reports_same, values)];
  return [fill(yours >= Math.min(low, lesson.reports - 1) && yours <= Math.max(high, lesson.reports + 1) ? W.reports_close : W.reports_other, values)];
}
