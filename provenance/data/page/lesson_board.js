// Drawing: on the board by two presses, or from the list under an article. Nothing is stored or sent.
const boxes = new Map(all(".box").map((box) => [box.dataset.key, box]));
const start = byId("prompt").textContent;
const SVG = "http://www.w3.org/2000/svg";
const FEW = 80; // in a larger pile the lists grow with its square: they are filled when somebody goes there
let answers = [];
let before = [];
let picked = null;
let doubting = false;
let revealed = false;

// --- answers come and go ---
function change(next, words) {
  before.push(answers);
  answers = next;
  show();
  say(words);
}

function add(one) {
  const words = told(one);
  if (answers.some((other) => told(other) === words)) return say(fill(W.there, { what: words }));
  let kept = answers;
  if (one.what === "nobody") kept = kept.filter((o) => o.derived !== one.derived);
  if (one.what === "took") kept = kept.filter((o) => !(o.what === "nobody" && o.derived === one.derived) && !(o.what === "doubt" && samePair(o, one.derived, one.source)));
  if (one.what === "doubt") kept = kept.filter((o) => o.what === "nobody" || !samePair(o, one.a, one.b));
  change([...kept, one], fill(W.added, { what: words }));
}

// why something cannot be drawn; null where it can
function whyNoArrow(derived, source) {
  if (derived === source) return W.not_itself;
  return source === "none" && !isArticle(derived) ? W.only_article : null;
}

function whyNoDoubt(a, b) {
  if (a === b) return W.not_itself;
  return isArticle(a) && isArticle(b) ? null : W.only_article;
}

function draw(derived, source) {
  add(source === "none" ? { what: "nobody", derived } : { what: "took", derived, source });
}

// --- the board ---
function ask(text) {
  byId("prompt").textContent = text;
  say(text);
}

function letGo() {
  picked = null;
  doubting = false;
  byId("prompt").textContent = start;
  for (const box of all(".box[aria-pressed]")) box.setAttribute("aria-pressed", "false");
}

function pick(key) {
  if (key === "doubt") return ask(W.pair_first);
  if (key === "x" || key === "none") return ask(W.first_article);
  picked = key;
  boxes.get(key).setAttribute("aria-pressed", "true");
  light(key);
  return ask(fill(W.picked, { name: called(key) }));
}

function press(key) {
  if (revealed) return undefined;
  if (picked === null) return pick(key);
  if (key === "doubt") {
    doubting = true;
    boxes.get(key).setAttribute("aria-pressed", "true");
    return ask(fill(W.pair_with, { name: called(picked) }));
  }
  const [one, isDoubt] = [picked, doubting];
  letGo();
  if (key === one) return say(W.let_go);
  const wrong = isDoubt ? whyNoDoubt(one, key) : whyNoArrow(one, key);
  if (wrong) return ask(wrong);
  return isDoubt ? add({ what: "doubt", a: one, b: key }) : draw(one, key);
}

function move(event) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };
  const list = [...boxes.values()];
  const at = list.indexOf(document.activeElement);
  if (event.key === "Escape" && picked !== null) { letGo(); say(W.let_go); }
  if (at < 0 || !(event.key in steps)) return;
  event.preventDefault();
  const upright = event.key === "ArrowDown" || event.key === "ArrowUp";
  list[upright ? nearest(list, at, steps[event.key]) : (at + steps[event.key] + list.length) % list.length].focus();
}

// the box above or below that is nearest in its row
function nearest(list, at, way) {
  const here = list[at].getBoundingClientRect();
  const far = (box) => {
    const there = box.getBoundingClientRect();
    return way * (there.top - here.top) < 5 ? Infinity : Math.abs(there.top - here.top) * 3 + Math.abs(there.left - here.left);
  };
  return list.reduce((found, box, n) => (far(box) < far(list[found]) ? n : found), at);
}

// --- lines ---
function line(one) {
  const ends = one.what === "doubt" ? [one.a, one.b] : [one.source, one.derived];
  const path = document.createElementNS(SVG, "path");
  const frame = byId("boxes").getBoundingClientRect();
  const [a, b] = ends.map((key) => boxes.get(key).getBoundingClientRect());
  const middle = (r) => [r.left + r.width / 2 - frame.left, r.top + r.height / 2 - frame.top];
  const [[ax, ay], [bx, by]] = [middle(a), middle(b)];
  const far = Math.hypot(bx - ax, by - ay) || 1;
  const bend = far < 220 ? far * 0.1 : 14 + far * 0.12;
  const [cx, cy] = [(ax + bx) / 2 + ((by - ay) / far) * bend, (ay + by) / 2 - ((bx - ax) / far) * bend];
  const points = [edge(a, ax, ay, cx, cy), [cx, cy], edge(b, bx, by, cx, cy)].map((point) => point.map((n) => n.toFixed(1)).join(" "));
  path.setAttribute("d", `M${points[0]}Q${points[1]} ${points[2]}`);
  path.setAttribute("class", one.what === "doubt" ? "line doubt" : "line");
  if (one.what === "took") path.setAttribute("marker-end", "url(#head)");
  path.dataset.ends = ends.join(" ");
  return path;
}

// where the way from the middle of a box to a point leaves the box
function edge(r, x, y, tx, ty) {
  const [dx, dy] = [tx - x, ty - y];
  const part = Math.min(dx ? (r.width / 2 + 2) / Math.abs(dx) : Infinity, dy ? (r.height / 2 + 2) / Math.abs(dy) : Infinity);
  return [x + dx * part, y + dy * part];
}

const drawLines = () => byId("drawn").replaceChildren(...answers.filter((one) => one.what !== "nobody").map(line));

// the lines of the article under the pointer or the focus, or else of the one that is picked
function light(wanted) {
  const key = wanted || picked;
  for (const path of all(".line")) path.classList.toggle("lit", Boolean(key) && path.dataset.ends.split(" ").includes(key));
}

// --- the list under each article ---
function offer(select) {
  if (select.options.length > 1) return;
  const keys = Object.keys(lesson.names);
  const groups = [
    [W.group_articles, lesson.articles.filter((key) => key !== select.dataset.take)],
    [W.group_named, keys.filter((key) => !isArticle(key) && key !== "x" && key !== "none")],
    [W.group_other, ["x", "none"]],
  ];
  for (const [label, members] of groups.filter(([, found]) => found.length)) {
    const group = document.createElement("optgroup");
    group.label = label;
    group.append(...members.map((key) => new Option(from(key), key)));
    select.append(group);
  }
}

function drawFromCard(button) {
  const key = button.dataset.draw || button.dataset.doubt;
  const select = byId(`take-${key}`);
  const source = select.value;
  const isDoubt = Boolean(button.dataset.doubt);
  const wrong = source ? (isDoubt ? whyNoDoubt(key, source) : whyNoArrow(key, source)) : W.choose_first;
  byId(`told-${key}`).textContent = wrong || "";
  if (wrong) {
    select.focus();
    return say(wrong);
  }
  select.value = "";
  return isDoubt ? add({ what: "doubt", a: key, b: source }) : draw(key, source);
}

// --- what is drawn, in words: under each article and in one list ---
function show() {
  byId("yours").replaceChildren(...answers.map(row));
  for (const slot of all("[data-drawn]")) slot.replaceChildren(...ofArticle(answers, slot.dataset.drawn).map((one) => listed(toldAt(one, slot.dataset.drawn))));
  byId("empty").hidden = answers.length > 0;
  byId("count").textContent = answers.length ? oneOrMany("count", answers.length) : "";
  const own = new Set(answers.filter((one) => one.what === "nobody").map((one) => one.derived));
  for (const [key, box] of boxes) box.classList.toggle("itself", own.has(key));
  byId("undo").disabled = revealed || before.length === 0;
  byId("clear").disabled = revealed || answers.length === 0;
  drawLines();
  light(null);
}

function row(one) {
  const li = listed(told(one));
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

// a button that can no longer be pressed loses the focus: it goes to the first box, not to the beginning of the page
function keepFocus(button) {
  if (button.disabled) boxes.get(lesson.articles[0])?.focus({ preventScroll: true });
}

function undo() {
  if (!before.length) return say(W.nothing_undo);
  answers = before.pop();
  show();
  say(W.undone);
  return keepFocus(byId("undo"));
}

function clearAll() {
  change([], W.cleared);
  keepFocus(byId("clear"));
}
