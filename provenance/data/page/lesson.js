"use strict";
// The lesson: pupils draw arrows; then their answers are laid beside the true ones. Nothing is stored or sent.
(() => {
  const data = JSON.parse(document.getElementById("lesson").textContent);
  const W = data.words;
  const SIGNS = { found: "✓", partly: "◐", missed: "○", extra: "×", open: "?", right: "✓" };
  const byId = (id) => document.getElementById(id);
  const all = (wanted, where = document) => [...where.querySelectorAll(wanted)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  const name = (key) => data.names[key] || key;
  const isArticle = (key) => data.articles.includes(key);
  document.documentElement.dataset.script = "on";

  // --- what the pupil has answered: {what: "took", derived, source}, {what: "nobody", derived}, {what: "doubt", a, b} ---
  let answers = [];
  let before = [];
  let picked = null;
  let doubting = false;
  let revealed = false;

  const say = (text) => { byId("said").textContent = ""; setTimeout(() => { byId("said").textContent = text; }, 30); };
  const told = (one) => {
    if (one.what === "took") return fill(W.took, { derived: name(one.derived), source: name(one.source) });
    if (one.what === "nobody") return fill(W.nobody, { derived: name(one.derived) });
    return fill(W.doubt, { derived: name(one.a), source: name(one.b) });
  };
  const samePair = (one, a, b) => {
    const [x, y] = one.what === "doubt" ? [one.a, one.b] : [one.derived, one.source];
    return (x === a && y === b) || (x === b && y === a);
  };
  const change = (next, words) => {
    before.push(answers);
    answers = next;
    show();
    say(words);
  };

  function add(one) {
    const words = told(one);
    if (answers.some((other) => told(other) === words)) return say(fill(W.there, { what: words }));
    let kept = answers;
    if (one.what === "nobody") kept = kept.filter((o) => o.derived !== one.derived);
    if (one.what === "took") kept = kept.filter((o) => !(o.what === "nobody" && o.derived === one.derived) && !(o.what === "doubt" && samePair(o, one.derived, one.source)));
    if (one.what === "doubt") kept = kept.filter((o) => o.what === "nobody" || !samePair(o, one.a, one.b));
    change([...kept, one], fill(W.added, { what: words }));
  }

  function draw(derived, source) {
    if (derived === source) return prompt(W.not_itself);
    add(source === "none" ? { what: "nobody", derived } : { what: "took", derived, source });
  }

  function doubt(a, b) {
    if (a === b) return prompt(W.not_itself);
    if (!isArticle(a) || !isArticle(b)) return prompt(W.only_article);
    add({ what: "doubt", a, b });
  }

  // --- the board ---
  const prompt = (text) => { byId("prompt").textContent = text; say(text); };
  const start = byId("prompt").textContent;

  function letGo() {
    picked = null;
    doubting = false;
    byId("prompt").textContent = start;
    for (const box of all(".box[aria-pressed]")) box.setAttribute("aria-pressed", "false");
  }

  function press(box) {
    const key = box.dataset.key;
    if (revealed) return;
    if (picked === null) {
      if (key === "doubt") return prompt(W.pair_first);
      if (key === "x" || key === "none") return prompt(W.first_article);
      picked = key;
      box.setAttribute("aria-pressed", "true");
      return prompt(fill(W.picked, { name: name(key) }));
    }
    if (key === "doubt") {
      doubting = true;
      box.setAttribute("aria-pressed", "true");
      return prompt(fill(W.pair_with, { name: name(picked) }));
    }
    const from = picked;
    const pair = doubting;
    letGo();
    if (key === from) return say(W.let_go);
    if (pair) doubt(from, key);
    else if (key === "none" && !isArticle(from)) prompt(W.only_article);
    else draw(from, key);
  }

  function move(event) {
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };
    const boxes = all(".box");
    const at = boxes.indexOf(document.activeElement);
    if (event.key === "Escape" && picked !== null) { letGo(); say(W.let_go); }
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const upright = event.key === "ArrowDown" || event.key === "ArrowUp";
    boxes[upright ? nearest(boxes, at, steps[event.key]) : (at + steps[event.key] + boxes.length) % boxes.length].focus();
  }

  // the box above or below that is nearest in its row
  function nearest(boxes, at, way) {
    const here = boxes[at].getBoundingClientRect();
    const far = (box) => {
      const there = box.getBoundingClientRect();
      return way * (there.top - here.top) < 5 ? Infinity : Math.abs(there.top - here.top) * 3 + Math.abs(there.left - here.left);
    };
    const best = boxes.reduce((found, box, n) => (far(box) < far(boxes[found]) ? n : found), at);
    return best;
  }

  // --- lines ---
  const SVG = "http://www.w3.org/2000/svg";
  const boxes = new Map(all(".box").map((box) => [box.dataset.key, box]));
  const boxOf = (key) => boxes.get(key);

  function line(one) {
    const [from, to] = one.what === "doubt" ? [one.a, one.b] : [one.source, one.derived];
    const path = document.createElementNS(SVG, "path");
    const frame = byId("boxes").getBoundingClientRect();
    const [a, b] = [boxOf(from), boxOf(to)].map((box) => box.getBoundingClientRect());
    const middle = (r) => [r.left + r.width / 2 - frame.left, r.top + r.height / 2 - frame.top];
    const [[ax, ay], [bx, by]] = [middle(a), middle(b)];
    const far = Math.hypot(bx - ax, by - ay) || 1;
    const bend = far < 220 ? far * 0.1 : 14 + far * 0.12;
    const [cx, cy] = [(ax + bx) / 2 + ((by - ay) / far) * bend, (ay + by) / 2 - ((bx - ax) / far) * bend];
    const [sx, sy] = edge(a, ax, ay, cx, cy);
    const [ex, ey] = edge(b, bx, by, cx, cy);
    path.setAttribute("d", `M${sx.toFixed(1)} ${sy.toFixed(1)}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${ex.toFixed(1)} ${ey.toFixed(1)}`);
    path.setAttribute("class", one.what === "doubt" ? "line doubt" : "line");
    if (one.what === "took") path.setAttribute("marker-end", "url(#head)");
    path.dataset.ends = `${from} ${to}`;
    return path;
  }

  // where the way from the middle of a box to a point leaves the box
  function edge(r, x, y, tx, ty) {
    const [dx, dy] = [tx - x, ty - y];
    const part = Math.min(dx ? (r.width / 2 + 2) / Math.abs(dx) : Infinity, dy ? (r.height / 2 + 2) / Math.abs(dy) : Infinity);
    return [x + dx * part, y + dy * part];
  }

  function drawLines() {
    byId("drawn").replaceChildren(...answers.filter((one) => one.what !== "nobody").map(line));
  }

  function light(key) {
    byId("lines").classList.toggle("some", Boolean(key) && answers.some((one) => [one.derived, one.source, one.a, one.b].includes(key)));
    for (const path of all(".line")) path.classList.toggle("lit", Boolean(key) && path.dataset.ends.split(" ").includes(key));
  }

  // --- the choices under each article; in a large pile only once somebody goes there, for they grow with its square ---
  const FEW = 80;

  function offer(select) {
    if (select.options.length > 1) return;
    const keys = Object.keys(data.names);
    const groups = [
      [W.group_articles, data.articles.filter((key) => key !== select.dataset.take)],
      [W.group_named, keys.filter((key) => !isArticle(key) && key !== "x" && key !== "none")],
      [W.group_other, ["x", "none"]],
    ];
    for (const [label, members] of groups.filter(([, found]) => found.length)) {
      const group = document.createElement("optgroup");
      group.label = label;
      group.append(...members.map((key) => new Option(name(key), key)));
      select.append(group);
    }
  }

  // --- the list ---
  function show() {
    byId("yours").replaceChildren(...answers.map(row));
    byId("empty").hidden = answers.length > 0;
    byId("count").textContent = answers.length ? fill(answers.length === 1 ? W.count_one : W.count_many, { n: answers.length }) : "";
    const own = new Set(answers.filter((one) => one.what === "nobody").map((one) => one.derived));
    for (const box of all(".box")) box.classList.toggle("itself", own.has(box.dataset.key));
    byId("undo").disabled = revealed || before.length === 0;
    byId("clear").disabled = revealed || answers.length === 0;
    light(null);
    drawLines();
  }

  function row(one) {
    const li = document.createElement("li");
    const text = document.createElement("span");
    text.dir = "auto";
    text.textContent = told(one);
    li.append(text);
    if (revealed) return li;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = W.remove;
    button.setAttribute("aria-label", fill(W.remove_what, { what: told(one) }));
    button.addEventListener("click", () => {
      const at = answers.indexOf(one);
      change(answers.filter((other) => other !== one), fill(W.removed, { what: told(one) }));
      const rest = all("#yours button");
      (rest[Math.min(at, rest.length - 1)] || byId("undo")).focus();
    });
    li.append(button);
    return li;
  }

  // --- comparing ---
  const truly = (derived, source) => data.arrows.some((t) => t.derived === derived && t.source === source);
  const sourcesOf = (key) => data.arrows.filter((t) => t.derived === key).map((t) => t.source);

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

  const openPair = (a, b) => data.open.some((o) => o.pair.includes(a) && o.pair.includes(b));
  const openWay = (a) => data.open.some((o) => o.what === "direction" && o.pair.includes(a));

  // how near one drawn arrow comes to the true arrow (derived, source); null where it has nothing to do with it
  function near(one, t) {
    if (one.what !== "took") return null;
    const words = { yours: name(one.source), source: name(t.source), derived: name(t.derived) };
    if (one.derived === t.derived && one.source === t.source) return { mark: "found", words: "" };
    if (one.derived === t.source && one.source === t.derived) return { mark: "partly", turned: true, words: fill(W.way_turned, words) };
    if (one.derived !== t.derived || truly(one.derived, one.source)) return null;
    if (one.source === "x" && !isArticle(t.source)) return { mark: "partly", words: fill(W.way_somebody, words) };
    if (data.same[one.source] === t.source) return { mark: "partly", words: fill(W.way_name, words) };
    if (above(t.source).has(one.source)) return { mark: "partly", words: fill(W.way_grand, words) };
    return null;
  }

  const best = (list) => list.find((n) => n && n.mark === "found") || list.find((n) => n) || null;

  // what is to be said of one answer of the pupil
  function judge(one) {
    if (one.what === "doubt") return judgeDoubt(one.a, one.b);
    if (one.what === "nobody") return judgeNobody(one.derived);
    const found = best(data.arrows.map((t) => near(one, t)));
    if (found) return found;
    if (openPair(one.derived, one.source) || (one.source === "x" && openWay(one.derived))) return { mark: "open", words: W.way_open };
    const words = { yours: name(one.source) };
    if ((data.facts[one.derived] || []).includes(one.source)) return { mark: "extra", words: fill(W.way_fact, words) };
    const root = kin(one.derived, one.source);
    if (root) return { mark: "extra", words: fill(W.way_kin, { root: name(root) }) };
    return { mark: "extra", words: data.complete ? W.way_extra : W.way_maybe };
  }

  function judgeNobody(key) {
    const sources = sourcesOf(key);
    if (sources.length) return { mark: "extra", words: fill(W.way_own_wrong, { source: name(sources[0]) }), own: true };
    if (openWay(key)) return { mark: "open", words: W.way_open };
    return { mark: "right", words: W.way_own_right };
  }

  function judgeDoubt(a, b) {
    if (openPair(a, b)) return { mark: "right", words: W.way_doubt_right };
    const t = data.arrows.find((one) => samePair({ what: "took", ...one }, a, b));
    if (t) return { mark: "open", words: fill(W.way_doubt_arrow, { derived: name(t.derived), source: name(t.source) }) };
    const root = kin(a, b);
    return { mark: "open", words: root ? fill(W.way_doubt_kin, { root: name(root) }) : W.way_doubt_none };
  }

  function sign(mark, word) {
    const span = document.createElement("span");
    span.className = `mark ${mark}`;
    const drawn = document.createElement("span");
    drawn.setAttribute("aria-hidden", "true");
    drawn.textContent = `${SIGNS[mark]} `;
    span.append(drawn, word || data.marks[mark]);
    return span;
  }

  function verdict(one, judged) {
    const li = document.createElement("li");
    const text = document.createElement("span");
    text.dir = "auto";
    text.textContent = ` ${told(one)}`;
    const more = document.createElement("small");
    more.textContent = judged.words;
    li.append(judged.mark === "open" && one.what === "doubt" ? "" : sign(judged.mark), text, more);
    return li;
  }

  function layYours() {
    for (const slot of all("[data-yours]")) {
      const mine = answers.filter((one) => one.derived === slot.dataset.yours || one.a === slot.dataset.yours || one.b === slot.dataset.yours);
      slot.replaceChildren(...mine.map((one) => verdict(one, judge(one))));
      if (!mine.length) slot.append(Object.assign(document.createElement("li"), { textContent: W.no_answer, className: "soft" }));
    }
    for (const slot of all("[data-open]")) {
      const [a, b] = slot.dataset.open.split(" ");
      slot.replaceChildren(...answers.filter((one) => one.what !== "nobody" && samePair(one, a, b)).map((one) => verdict(one, judge(one))));
    }
  }

  function layTrue() {
    const marks = { found: 0, partly: 0, missed: 0 };
    for (const t of data.arrows) {
      const found = best(answers.map((one) => near(one, t)));
      const mark = found ? found.mark : "missed";
      marks[mark] += 1;
      for (const li of all(".true-arrow")) {
        if (li.dataset.derived !== t.derived || li.dataset.source !== t.source) continue;
        const shown = sign(mark);
        shown.dataset.mark = ""; // the next reveal finds it again
        li.querySelector("[data-mark]").replaceWith(shown);
      }
      markInPicture(t, mark);
      for (const because of all("[data-because]")) {
        if (because.dataset.because === `${t.derived} ${t.source}`) because.querySelector("details").open = mark === "missed" || Boolean(found && found.turned);
      }
    }
    return marks;
  }

  // the picture and its list link every arrow to its reasons
  function markInPicture(t, mark) {
    const links = all(".picture a").filter((a) => a.getAttribute("href") === `#because-${t.derived}-${t.source}`);
    for (const link of links) {
      if (!link.matches(".pic-arrow")) {
        link.parentElement.querySelector(".mark")?.remove();
        link.before(sign(mark), " ");
        continue;
      }
      for (const old of ["found", "partly", "missed"]) link.classList.remove(old, `pic-${old}`);
      link.classList.add(mark, `pic-${mark}`);
      const word = link.querySelector(".pic-word");
      if (word) word.textContent = `${SIGNS[mark]} ${data.marks[mark]}`;
      const title = link.querySelector("title"); // what the arrow is called
      link.dataset.said ||= title.textContent;
      title.textContent = `${link.dataset.said}: ${data.marks[mark]}`;
    }
  }

  const oneOrMany = (words, n, values) => fill(W[`${words}_${n === 1 ? "one" : "many"}`], { n, ...values });

  function summary(marks) {
    const n = data.arrows.length;
    const judged = answers.map((one) => ({ one, ...judge(one) }));
    const extra = judged.filter((j) => j.one.what === "took" && j.mark === "extra").length;
    const lines = [];
    if (n === 0) lines.push(W.no_arrows);
    else if (marks.found === n) lines.push(fill(W.found_all, { n }));
    else if (marks.found + marks.partly === 0) lines.push(W.found_none);
    else if (marks.found) lines.push(oneOrMany("found", n, { found: marks.found }));
    if (marks.partly) lines.push(oneOrMany("partly", marks.partly));
    if (extra) lines.push(oneOrMany("extra", extra));
    else if (judged.some((j) => j.one.what === "took")) lines.push(W.extra_no);
    const agreed = judged.filter((j) => j.one.what === "doubt" && j.mark === "right").length;
    if (agreed) lines.push(fill(W.open_agreed, { n: agreed, m: data.open.length }));
    if (judged.some((j) => j.one.what === "took" && j.mark === "open")) lines.push(W.open_one);
    const own = judged.filter((j) => j.one.what === "nobody");
    if (own.length) lines.push(fill(W.own_right, { n: own.length, right: own.filter((j) => j.mark !== "extra").length }));
    return [...lines, ...reports()];
  }

  function reports() {
    if (data.reports === null) return [];
    const yours = byId("reports").value.trim();
    if (!yours) return [fill(W.reports_none, { n: data.reports })];
    return [fill(Number(yours) === data.reports ? W.reports_same : W.reports_other, { yours, n: data.reports })];
  }

  function reveal() {
    revealed = true;
    letGo();
    const lines = summary(layTrue());
    layYours();
    byId("summary").replaceChildren(...lines.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    lock(true);
    byId("before").hidden = true;
    byId("answers").hidden = false;
    byId("answers").open = true;
    show();
    byId("summary").focus();
    say(W.revealed);
  }

  function lock(closed) {
    document.documentElement.toggleAttribute("data-revealed", closed);
    for (const one of all(".box, .taking select, .taking button, .tasks input, .tasks textarea")) one.disabled = closed;
  }

  function again() {
    revealed = false;
    answers = [];
    before = [];
    lock(false);
    letGo();
    byId("answers").hidden = true;
    byId("answers").open = false;
    byId("before").hidden = false;
    show();
    byId("board").scrollIntoView();
    boxOf(data.articles[0]).focus({ preventScroll: true });
  }

  // --- everything that is pressed ---
  function ask(dialog, yes) {
    dialog.returnValue = "";
    dialog.showModal();
    dialog.onclose = () => { if (dialog.returnValue === "yes") yes(); };
  }

  byId("boxes").addEventListener("click", (event) => {
    const box = event.target.closest(".box");
    if (box) press(box);
  });
  byId("boxes").addEventListener("keydown", move);
  for (const kind of ["mouseover", "focusin"]) byId("boxes").addEventListener(kind, (event) => light(event.target.closest(".box")?.dataset.key));
  for (const kind of ["mouseleave", "focusout"]) byId("boxes").addEventListener(kind, () => light(null));
  for (const button of all("[data-draw], [data-doubt]")) {
    button.addEventListener("click", () => {
      const key = button.dataset.draw || button.dataset.doubt;
      const select = byId(`take-${key}`);
      if (!select.value) { select.focus(); return say(W.choose_first); }
      if (button.dataset.draw) draw(key, select.value);
      else doubt(key, select.value);
      select.value = "";
    });
  }
  for (const select of all("[data-take]")) {
    if (data.articles.length <= FEW) offer(select);
    else for (const kind of ["focusin", "pointerdown"]) select.addEventListener(kind, () => offer(select));
  }
  byId("undo").addEventListener("click", () => {
    if (!before.length) return say(W.nothing_undo);
    answers = before.pop();
    show();
    say(W.undone);
  });
  byId("clear").addEventListener("click", () => ask(byId("clear-sure"), () => change([], W.cleared)));
  byId("reveal").addEventListener("click", () => ask(byId("reveal-sure"), reveal));
  byId("again").addEventListener("click", again);
  for (const [id, open] of [["open-all", true], ["close-all", false]]) {
    byId(id).addEventListener("click", () => { for (const one of all(".reading")) one.open = open; });
  }
  addEventListener("resize", drawLines);
  addEventListener("beforeunload", (event) => { if (answers.length && !revealed) event.preventDefault(); });
  if ("ResizeObserver" in window) new ResizeObserver(drawLines).observe(byId("boxes"));

  // --- printing ---
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all(".reading, .paper-view").filter((one) => !one.open);
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
    delete document.documentElement.dataset.print;
  });
  for (const button of all("[data-prints]")) {
    button.addEventListener("click", () => {
      document.documentElement.dataset.print = button.dataset.prints;
      window.print();
    });
  }

  // --- closed until asked for: searching the page must not open them either ---
  byId("answers").hidden = true;
  byId("teacher-inside").hidden = true;
  byId("teacher-page").addEventListener("toggle", () => { byId("teacher-inside").hidden = !byId("teacher-page").open; });
  show();
})();
