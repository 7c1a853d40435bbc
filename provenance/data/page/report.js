/* Comfort for the report: folding, sorting, filtering, and the reader with both whole texts. All of it is readable without. */
(() => {
  "use strict";
  const page = document.documentElement;
  page.dataset.script = "on";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (name, css, words) => {
    const made = document.createElement(name);
    if (css) made.className = css;
    if (words !== undefined) made.textContent = words;
    return made;
  };

  /* --- folding: articles always, arrows where there are many ------------------------------------------------------ */

  const MANY = 12;
  const fold = (section) => all(`${section} details.fold`).forEach((details) => { details.open = false; });
  const reveal = (id) => {
    const found = id && document.getElementById(id);
    if (!found) return;
    for (let at = found; at; at = at.parentElement) if (at.localName === "details") at.open = true;
    const own = found.querySelector(":scope > details.fold");
    if (own) own.open = true;
    found.scrollIntoView({ block: "start" });
  };
  const target = () => decodeURIComponent(location.hash.slice(1));
  fold("#articles");
  fold("#reports");  // lists that are folded at all are long
  for (const section of ["#arrows", "#undecided"]) if (all(`${section} > .arrow`).length > MANY) fold(section);
  addEventListener("hashchange", () => reveal(target()));
  addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) reveal(target());
  });
  if (location.hash) reveal(target());

  let closed = [];
  addEventListener("beforeprint", () => {
    const printed = ["#picture details", "#undecided .fold", "#reports details", ".more-chains"];
    if (!all(".short-print").length) printed.push("#arrows .fold");
    closed = all(printed.join()).filter((details) => !details.open);
    closed.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => {
    closed.forEach((details) => { details.open = false; });
    page.classList.remove("printing-alone");
    all(".alone").forEach((section) => section.classList.remove("alone"));
  });
  /* Where a print leaves the arrows out, one that is open can be printed alone. */
  const offerPrinting = (section) => {
    const button = make("button", "print-alone", "Print this alone");
    button.type = "button";
    button.addEventListener("click", () => {
      page.classList.add("printing-alone");
      section.classList.add("alone");
      print();
    });
    const line = make("p", "no-print");
    line.append(button);
    section.querySelector(".fold").append(line);
  };
  addEventListener("toggle", (event) => {
    const section = event.target.open && event.target.matches(".short-print .arrow > .fold") && event.target.parentElement;
    if (section && !section.querySelector(".print-alone")) offerPrinting(section);
  }, true);

  /* --- the table: sorting and filtering --------------------------------------------------------------------------- */

  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim().toLowerCase();
  };
  const order = new Intl.Collator(page.lang);
  const compare = (a, b) => (!isNaN(a) && !isNaN(b) ? a - b : order.compare(a, b));
  const sort = (table, head, column) => {
    const rising = head.getAttribute("aria-sort") !== "ascending";
    all("th[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", rising ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows].map((row) => [value(row, column), row]);
    /* what is empty stands at the end, up or down */
    rows.sort((a, b) => (a[0] === "") - (b[0] === "") || (a[0] === "" ? 0 : (rising ? 1 : -1) * compare(a[0], b[0])));
    table.tBodies[0].append(...rows.map((pair) => pair[1]));
  };
  all("table[data-sorts]").forEach((table) => all("thead th", table).forEach((head, column) => {
    const button = make("button", "", head.textContent);
    button.type = "button";
    button.addEventListener("click", () => sort(table, head, column));
    head.replaceChildren(button);
  }));
  const filter = document.getElementById("filter");
  if (filter) filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    const rows = all("table.all tbody tr");
    rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
    const shown = rows.filter((row) => !row.hidden).length;
    document.getElementById("filtered").textContent = wanted ? `${shown} of ${rows.length} shown` : "";
  });

  const sure = document.getElementById("sure");
  if (sure) sure.addEventListener("change", () => {
    const fits = (one) => !sure.value || one.dataset.sure === sure.value;
    const sections = all("#arrows > .arrow, #undecided > .arrow");
    [...sections, ...all(".index tbody tr")].forEach((one) => { one.hidden = !fits(one); });
    document.getElementById("sure-shown").textContent = `${sections.filter(fits).length} of ${sections.length} shown`;
  });

  /* --- the reader: both whole texts ------------------------------------------------------------------------------- */

  const reader = document.getElementById("reader");
  const readable = all(".arrow[data-source]").filter((section) => section.querySelector(".open-reader"));
  let shown = null;
  let current = 0;

  const passages = (section, side) => all(".passage", section).map((row, index) => {
    const ends = row.dataset.ends.split(" ").map(Number);
    const cell = row.querySelectorAll("blockquote")[side];
    const look = ["verbatim", "edited", "rewritten", "quotation", "boilerplate"].find((name) => row.classList.contains(name));
    return { start: ends[2 * side], end: ends[2 * side + 1], cell, number: index + 1, look };
  });
  const offset = (span) => Number(span.dataset.at ?? span.id.slice(span.id.indexOf("s") + 1));
  const mark = (passage) => {
    const marked = make("span", `reader-passage shared ${passage.look}`);
    marked.dataset.number = passage.number;
    const jump = make("button", "jump", passage.number);
    jump.type = "button";
    jump.setAttribute("aria-label", `passage ${passage.number}: show it on the other side`);
    marked.append(jump);
    return marked;
  };
  /* An article's text with the passages of one arrow in it; within them the words of the row, whose differences are marked. */
  const text = (section, side) => {
    const from = document.querySelector(`[data-of="${side ? section.dataset.derived : section.dataset.source}"]`);
    const made = make("div", "text");
    made.dir = "auto";
    const marks = new Map();
    const found = passages(section, side).sort((a, b) => a.start - b.start);  // of two that overlap the first is whole
    const whole = new Set();
    for (const child of from.children) {
      if (child.classList.contains("to-row")) continue;
      const at = child.localName === "span" ? offset(child) : -1;
      const passage = found.find((p) => p.start <= at && at < p.end);
      if (passage && !marks.has(passage)) {
        marks.set(passage, mark(passage));
        made.append(marks.get(passage));
        if (passage.start === at) {
          whole.add(passage);
          marks.get(passage).append(...[...passage.cell.childNodes].map((node) => node.cloneNode(true)));
        }
      }
      if (passage && whole.has(passage)) continue;
      const copy = child.cloneNode(true);
      copy.removeAttribute("id");
      if (child.classList.contains("shared")) copy.className = "";
      (passage ? marks.get(passage) : made).append(copy);
    }
    return made;
  };
  const column = (section, side) => {
    const made = make("section", "reader-side");
    made.tabIndex = 0;
    const name = section.querySelectorAll(".passage-names .cell-name")[side].cloneNode(true);
    const head = make("h3");
    head.append(...name.childNodes);
    made.setAttribute("aria-label", head.firstElementChild.textContent);
    made.append(head, text(section, side));
    made.addEventListener("click", (event) => {
      const passage = event.target.closest(".reader-passage");
      if (passage) choose(Number(passage.dataset.number), passage);
    });
    return made;
  };
  const say = (words) => { reader.querySelector("[role=status]").textContent = words; };
  const step = (by) => {
    const total = shown.querySelectorAll(".passage").length;
    const next = Math.min(total, Math.max(1, current + by));
    const atEnd = next === current;
    choose(next, null);
    if (atEnd) say(by > 0 ? "This is the last passage." : "This is the first passage.");
  };
  /* Brings a passage into view on both sides; on the side where it was clicked nothing moves. */
  const choose = (number, clicked) => {
    current = number;
    all(".reader-passage.current", reader).forEach((passage) => passage.classList.remove("current"));
    for (const side of all(".reader-side", reader)) {
      const passage = side.querySelector(`[data-number="${number}"]`);
      if (!passage) continue;
      passage.classList.add("current");
      const top = side.getBoundingClientRect().top + 70;
      const level = clicked && !side.contains(clicked) ? Math.max(top, clicked.getBoundingClientRect().top) : top;
      if (!clicked || !side.contains(clicked)) side.scrollTop += passage.getBoundingClientRect().top - level;
    }
    const row = shown.querySelectorAll(".passage")[number - 1];
    const kind = row.querySelector(".passage-kind").textContent;
    say(`Passage ${number} of ${shown.querySelectorAll(".passage").length}: ${kind}`);
  };
  const button = (words, sign, key, action) => {
    const made = make("button");
    made.type = "button";
    const short = make("span", "sign", sign);  // in a small window, where the words are only read aloud
    short.setAttribute("aria-hidden", "true");
    made.append(make("span", "words", `${words} `), short, make("kbd", "", key));
    made.addEventListener("click", action);
    return made;
  };
  const turn = (by) => {
    const next = readable[readable.indexOf(shown) + by];
    if (next) open(next);
    else say(by > 0 ? "This is the last pair." : "This is the first pair.");
  };
  const bar = (section) => {
    const made = make("div", "reader-bar");
    const name = make("h2", "", section.querySelector(".arrow-name").textContent);
    name.id = "reader-name";
    const buttons = make("div", "reader-buttons");
    const status = make("span", "soft");
    status.setAttribute("role", "status");
    const close = button("Close", "✕", "Esc", () => reader.close());
    close.classList.add("close");
    buttons.append(button("Previous passage", "‹", "p", () => step(-1)), button("Next passage", "›", "n", () => step(1)), status);
    if (readable.length > 1) buttons.append(button("Previous pair", "«", "[", () => turn(-1)), button("Next pair", "»", "]", () => turn(1)));
    buttons.append(close);
    made.append(name, buttons);
    const reasons = all(".arrow-facts, .reasons", section);
    if (reasons.length) {
      const why = make("details", "reader-why");
      why.append(make("summary", "", "Reasons"), ...reasons.map((node) => node.cloneNode(true)));
      made.append(why);
    }
    return made;
  };
  const open = (section) => {
    shown = section;
    const texts = make("div", "reader-texts");
    texts.append(column(section, 0), column(section, 1));
    reader.replaceChildren(bar(section), texts);
    if (!reader.open) {
      history.scrollRestoration = "manual";
      history.pushState({ reader: true }, "");  // going back closes it
      reader.showModal();
    }
    choose(1, null);
    reader.querySelector(".reader-buttons button:nth-child(2)").focus();
  };
  if (reader) {
    readable.forEach((section) => section.querySelector(".open-reader").addEventListener("click", () => open(section)));
    reader.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const does = { n: () => step(1), p: () => step(-1), "]": () => turn(1), "[": () => turn(-1) }[event.key];
      if (!does) return;
      event.preventDefault();
      does();
    });
    addEventListener("popstate", () => { if (reader.open) reader.close(); });
    reader.addEventListener("close", () => {
      if (history.state && history.state.reader) history.back();
      setTimeout(() => { history.scrollRestoration = "auto"; }, 200);
      reveal(shown.id);
      shown.querySelector(".open-reader").focus({ preventScroll: true });
    });
  }
})();
