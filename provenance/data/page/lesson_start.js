// Everything that is pressed, printed or closed.
document.documentElement.dataset.script = "on";

function sure(id, yes) {
  const dialog = byId(id);
  dialog.returnValue = "";
  dialog.showModal();
  dialog.onclose = () => { if (dialog.returnValue === "yes") yes(); };
}

const boxAt = (event) => event.target.closest(".box")?.dataset.key;
byId("boxes").addEventListener("click", (event) => { if (boxAt(event)) press(boxAt(event)); });
byId("boxes").addEventListener("keydown", move);
for (const kind of ["mouseover", "focusin"]) byId("boxes").addEventListener(kind, (event) => light(boxAt(event)));
for (const kind of ["mouseleave", "focusout"]) byId("boxes").addEventListener(kind, () => light(null));
for (const button of all("[data-draw], [data-doubt]")) button.addEventListener("click", () => drawFromCard(button));
for (const select of all("[data-take]")) {
  if (lesson.articles.length <= FEW) offer(select);
  else for (const kind of ["focusin", "pointerdown"]) select.addEventListener(kind, () => offer(select));
}
byId("undo").addEventListener("click", undo);
byId("clear").addEventListener("click", () => sure("clear-sure", clearAll));
byId("reveal").addEventListener("click", () => sure("reveal-sure", reveal));
byId("again").addEventListener("click", () => sure("again-sure", again));
byId("reports").addEventListener("input", checkCount);
for (const [id, open] of [["open-all", true], ["close-all", false]]) {
  byId(id).addEventListener("click", () => { for (const one of all(".reading")) one.open = open; });
}
addEventListener("resize", drawLines);
if ("ResizeObserver" in window) new ResizeObserver(drawLines).observe(byId("boxes"));

// what would be lost: arrows that are not compared yet, and whatever is written
addEventListener("beforeunload", (event) => {
  const isWritten = all("#questions textarea, #questions input").some((field) => field.value.trim());
  if ((answers.length && !revealed) || isWritten) event.preventDefault();
});

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
