"use strict";
// What the lesson says: its words, what everybody is called, and an answer of a pupil put into words.
const lesson = JSON.parse(document.getElementById("lesson").textContent);
const W = lesson.words;
const SIGNS = { found: "✓", partly: "◐", missed: "○", extra: "×", open: "?", right: "✓" };

const byId = (id) => document.getElementById(id);
const all = (wanted, where = document) => [...where.querySelectorAll(wanted)];
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
const oneOrMany = (words, n, values) => fill(W[`${words}_${n === 1 ? "one" : "many"}`], { n, ...values });

const called = (key) => lesson.names[key] || key;
const from = (key) => lesson.from[key] || called(key); // after "from": German says "von jemandem"
const isArticle = (key) => lesson.articles.includes(key);

// for screen readers; emptied first, so that the same words twice are read twice
function say(text) {
  byId("said").textContent = "";
  setTimeout(() => { byId("said").textContent = text; }, 30);
}

// an answer is {what: "took", derived, source}, {what: "nobody", derived} or {what: "doubt", a, b}
function told(one) {
  if (one.what === "took") return fill(W.took, { derived: called(one.derived), source: from(one.source) });
  if (one.what === "nobody") return fill(W.nobody, { derived: called(one.derived) });
  return fill(W.doubt, { derived: called(one.a), source: called(one.b) });
}

// the same beside the article itself
function toldAt(one, key) {
  if (one.what === "took") return fill(W.card_took, { source: from(one.source) });
  if (one.what === "nobody") return W.card_nobody;
  return fill(W.card_doubt, { other: called(one.a === key ? one.b : one.a) });
}

const ofArticle = (answers, key) => answers.filter((one) => one.derived === key || one.a === key || one.b === key);

function samePair(one, a, b) {
  const [x, y] = one.what === "doubt" ? [one.a, one.b] : [one.derived, one.source];
  return (x === a && y === b) || (x === b && y === a);
}

function sign(mark, word) {
  const span = document.createElement("span");
  span.className = `mark ${mark}`;
  const drawn = document.createElement("span");
  drawn.setAttribute("aria-hidden", "true");
  drawn.textContent = `${SIGNS[mark]} `;
  span.append(drawn, word || lesson.marks[mark]);
  return span;
}

function listed(text) {
  const li = document.createElement("li");
  const inside = document.createElement("span");
  inside.dir = "auto";
  inside.textContent = text;
  li.append(inside);
  return li;
}
