// Comparing: the pupil's answers are laid beside the true ones, and over the picture.
function verdict(one) {
  const judged = judge(one, answers);
  const li = listed(told(one));
  if (!(judged.mark === "open" && one.what === "doubt")) li.prepend(sign(judged.mark), " ");
  const more = document.createElement("small");
  more.dir = "auto";
  more.textContent = judged.words;
  li.append(more);
  return li;
}

function layYours() {
  for (const slot of all("[data-yours]")) {
    const mine = ofArticle(answers, slot.dataset.yours);
    slot.replaceChildren(...mine.map(verdict));
    if (!mine.length) slot.append(Object.assign(document.createElement("li"), { textContent: W.no_answer, className: "soft" }));
  }
  for (const slot of all("[data-open]")) {
    const [a, b] = slot.dataset.open.split(" ");
    slot.replaceChildren(...answers.filter((one) => one.what !== "nobody" && samePair(one, a, b)).map(verdict));
  }
  for (const slot of all("[data-written]")) {
    const written = byId(slot.dataset.written).value.trim();
    slot.querySelector("span").textContent = written || W.no_answer;
  }
}

function layTrue() {
  const marks = { found: 0, partly: 0, missed: 0 };
  for (const t of lesson.arrows) {
    const found = best(answers.map((one) => near(one, t, answers)));
    const mark = found ? found.mark : "missed";
    marks[mark] += 1;
    markInList(t, mark);
    markInPicture(t, mark);
    for (const because of all("[data-because]")) {
      if (because.dataset.because === `${t.derived} ${t.source}`) because.querySelector("details").open = mark === "missed" || Boolean(found && found.turned);
    }
  }
  return marks;
}

function markInList(t, mark) {
  for (const li of all(".true-arrow")) {
    if (li.dataset.derived !== t.derived || li.dataset.source !== t.source) continue;
    const shown = sign(mark);
    shown.dataset.mark = ""; // the next reveal finds it again
    li.querySelector("[data-mark]").replaceWith(shown);
  }
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
    if (word) word.textContent = `${SIGNS[mark]} ${lesson.short_marks[mark]}`;
    const title = link.querySelector("title"); // what the arrow is called
    link.dataset.said ||= title.textContent;
    title.textContent = `${link.dataset.said}: ${SIGNS[mark]} ${lesson.short_marks[mark]}`;
  }
}

// how many reports the pupil counted; null where there is no such number
function counted() {
  const field = byId("reports");
  const n = Number(field.value);
  return field.value.trim() && Number.isInteger(n) && n >= Number(field.min) && n <= Number(field.max) ? n : null;
}

function checkCount() {
  const field = byId("reports");
  const isWrong = (field.value.trim() !== "" || field.validity.badInput) && counted() === null;
  byId("reports-told").textContent = isWrong ? fill(W.reports_number, { max: field.max }) : "";
  field.setAttribute("aria-invalid", String(isWrong));
}

function reveal() {
  revealed = true;
  letGo();
  const lines = [...summary(layTrue(), answers), ...reportsSaid(counted())];
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

// the questions stay open: one learns more after the answers
function lock(closed) {
  document.documentElement.toggleAttribute("data-revealed", closed);
  for (const one of all(".box, .taking select, .taking button")) one.disabled = closed;
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
  boxes.get(lesson.articles[0])?.focus({ preventScroll: true });
  byId("board").scrollIntoView();
}
