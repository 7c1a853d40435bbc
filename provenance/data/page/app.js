// Comfort for the app: dropping files, progress without reloading, fields that fit the choice. All of it works without.
(function () {
  "use strict";
  const page = document.documentElement;
  page.dataset.script = "on";

  const upload = document.getElementById("upload");
  if (upload) {
    const files = document.getElementById("files");
    const tooLarge = document.getElementById("too-large");
    const fits = () => {
      const bytes = Array.from(files.files).reduce((sum, file) => sum + file.size, 0);
      tooLarge.hidden = bytes < Number(upload.dataset.most) && files.files.length <= Number(upload.dataset.mostFiles);
      return tooLarge.hidden;
    };
    files.addEventListener("change", fits);
    upload.addEventListener("submit", (event) => { if (!fits()) { event.preventDefault(); } });

    const carriesFiles = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
    document.addEventListener("dragover", (event) => {
      if (!carriesFiles(event)) { return; }
      event.preventDefault();
      page.dataset.drop = "";
    });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) { delete page.dataset.drop; } });
    document.addEventListener("drop", (event) => {
      if (!carriesFiles(event)) { return; }
      event.preventDefault();
      delete page.dataset.drop;
      if (!event.dataTransfer.files.length) { return; }
      files.files = event.dataTransfer.files;
      if (fits()) { upload.requestSubmit(); } else { files.focus(); }
    });
  }

  // one click is enough: the button says that it was heard
  for (const id of ["paste", "upload", "sample", "trace", "trace-again", "two"]) {
    const form = document.getElementById(id);
    if (!form) { continue; }
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) { return; }
      const button = form.querySelector("button");
      window.setTimeout(() => { button.disabled = true; button.textContent = "One moment …"; }, 0);
      window.addEventListener("pageshow", (shown) => { if (shown.persisted) { window.location.reload(); } });
    });
  }

  const words = document.getElementById("progress-words");
  if (words) {
    const bar = document.getElementById("progress-bar");
    const ask = async () => {
      try {
        const answer = await fetch("/progress.json", { cache: "no-store" });
        const said = answer.ok ? await answer.json() : { over: true };  // the page says why
        if (said.over) { window.location.reload(); return; }
        words.textContent = said.words;
        if (said.total) { bar.max = said.total; bar.value = said.done; } else { bar.removeAttribute("value"); }
      } catch (gone) {
        words.textContent = "The program does not answer any more. Start it again.";
        return;
      }
      window.setTimeout(ask, 500);
    };
    window.setTimeout(ask, 300);
  }

  const what = document.getElementById("fact-what");
  if (what) {
    const show = (id, shown) => {
      const input = document.getElementById(id);
      input.closest(".field").hidden = !shown;
      if (!shown) { input.value = ""; }  // what nobody sees is not sent
    };
    const fit = () => {
      show("fact-other", what.value === "from" || what.value === "not from");
      show("fact-value", what.value !== "not from");
    };
    what.addEventListener("change", fit);
    fit();
  }
})();
