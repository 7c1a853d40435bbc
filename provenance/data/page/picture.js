"use strict";
/* The tree of sources: line of descent, searching, sizing, closing. Every node and arrow is a link without this too. */
(() => {
  document.documentElement.dataset.script = "on";
  const on = (place, kinds, act) => kinds.split(" ").forEach((kind) => place.addEventListener(kind, act));

  /* All that a text comes from (step "to" → "from") or all that comes from it. */
  const reach = (arrows, start, here, there) => {
    const found = new Set([start]);
    for (const id of found) for (const arrow of arrows) if (arrow.dataset[here] === id) found.add(arrow.dataset[there]);
    return found;
  };

  const lineOf = (svg, part) => {
    const arrows = [...svg.querySelectorAll(".pic-arrow:not(.pic-open)")];
    const { node, from, to } = part.dataset;
    const up = reach(arrows, node || from, "to", "from");
    const down = reach(arrows, node || to, "from", "to");
    const lit = arrows.filter((a) =>
      (up.has(a.dataset.from) && up.has(a.dataset.to)) || (down.has(a.dataset.from) && down.has(a.dataset.to)));
    return [part, ...lit, ...[...svg.querySelectorAll(".pic-node")].filter(
      (box) => up.has(box.dataset.node) || down.has(box.dataset.node))];
  };

  const show = (svg, part) => {
    svg.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
    svg.classList.toggle("has-line", Boolean(part));
    if (part) lineOf(svg, part).forEach((one) => one.classList.add("lit"));
  };

  /* The frame listens, not the drawing: an SVG that listens for focus becomes a stop of the Tab key itself. */
  const watch = (view) => {
    const svg = view.querySelector("svg.pic");
    const part = (event) => event.target.closest("[data-node], [data-from]");
    on(view, "pointerover focusin", (event) => show(svg, part(event)));
    on(view, "pointerleave focusout", () => show(svg, null));
  };

  const plainly = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const find = (picture, wanted, output) => {
    const words = plainly(wanted).split(/\s+/).filter(Boolean);
    const fits = (one) => words.every((word) => plainly(one.textContent).includes(word));
    let hits = 0;
    for (const family of picture.querySelectorAll(".pic-family")) {
      const items = [...family.querySelectorAll(".pic-item")];
      const boxes = [...family.querySelectorAll(".pic-node")];
      const found = words.length ? items.filter(fits).length : 0;
      [...items, ...boxes].forEach((one) => one.classList.toggle("hit", words.length > 0 && fits(one)));
      family.classList.toggle("is-out", words.length > 0 && !found);
      if (found) family.open = true;
      hits += found;
    }
    output.textContent = words.length ? picture.dataset.hits.replace("{n}", hits) : "";
    const first = picture.querySelector(".pic-node.hit");
    if (first) first.closest(".pic-view").scrollLeft = Math.max(0, first.getBBox().x * (picture.pictureScale || 1) - 40);
  };

  const resize = (picture, kind) => {
    const steps = [0.4, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2];
    const before = picture.pictureScale || 1;
    const next = { in: steps.find((s) => s > before + 0.01) || 2, natural: 1,
      out: steps.filter((s) => s < before - 0.01).pop() || steps[0] }[kind];
    let smallest = 1;
    for (const view of picture.querySelectorAll(".pic-view")) {
      const svg = view.querySelector("svg"), box = svg.viewBox.baseVal;
      const room = view.clientWidth || picture.clientWidth - 2;
      const scale = next || Math.min(1, Math.max(0.3, room / box.width));
      svg.setAttribute("width", box.width * scale);
      svg.setAttribute("height", box.height * scale);
      smallest = Math.min(smallest, scale);
    }
    picture.pictureScale = next || smallest;
  };

  for (const picture of document.querySelectorAll(".picture")) {
    picture.querySelectorAll(".pic-view").forEach(watch);
    const field = picture.querySelector(".pic-find input");
    if (field) on(field, "input", () => find(picture, field.value, picture.querySelector("output")));
    on(picture, "click", (event) => {
      const button = event.target.closest("button[data-zoom], button[data-fold]");
      if (!button) return;
      if (button.dataset.zoom) resize(picture, button.dataset.zoom);
      else picture.querySelectorAll(".pic-family").forEach((one) => { one.open = button.dataset.fold === "open"; });
    });
    const shape = matchMedia("(max-width: 40rem)").matches ? "list" : "picture";
    const choice = picture.querySelector(`.pic-shape input[value="${shape}"]`);
    if (choice) choice.checked = true;
  }
})();
