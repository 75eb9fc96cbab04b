"use strict";
(() => {
  const search = document.getElementById("search");
  const none = document.getElementById("none");
  const links = [...document.querySelectorAll("#list li")];
  const items = [...document.querySelectorAll(".item")];
  // What is searched is what is read, without the pictures.
  const words = new Map();
  const textOf = (item) => {
    if (!words.has(item)) {
      let text = "";
      for (const part of item.children) if (!part.classList.contains("picture")) text += part.textContent + " ";
      words.set(item, text.toLowerCase());
    }
    return words.get(item);
  };
  const show = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = new Set();
    for (const item of items) {
      const hit = wanted.every((word) => textOf(item).includes(word));
      item.hidden = !hit;
      if (hit && item.id) found.add(item.id);
    }
    for (const link of links) link.hidden = !found.has(link.firstElementChild.hash.slice(1));
    for (const list of document.querySelectorAll("#list ul")) {
      const empty = [...list.children].every((link) => link.hidden);
      list.hidden = empty;
      list.previousElementSibling.hidden = empty;
    }
    for (const group of document.querySelectorAll(".group")) group.hidden = !group.querySelector(".item:not([hidden])");
    none.hidden = found.size > 0 || items.length === 0;
  };
  search.addEventListener("input", show);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      document.body.classList.remove("wide");
      search.focus();
    } else if (event.key === "Escape") {
      search.value = "";
      show();
    }
  });

  const whole = document.querySelector(".whole");
  const picture = whole && whole.querySelector("svg");
  let zoom = null;
  document.querySelector(".tools")?.addEventListener("click", (event) => {
    const wish = event.target.dataset.zoom;
    if (!wish) return;
    if (wish === "wide") document.body.classList.toggle("wide");
    const { width: natural, height } = picture.viewBox.baseVal;
    const box = picture.getBoundingClientRect();
    const now = Math.min(box.width / natural, box.height / height);
    zoom = { fit: null, wide: zoom, 1: 1, "-": now / 1.25, "+": now * 1.25 }[wish];
    picture.classList.toggle("sized", zoom !== null);
    picture.style.width = zoom === null ? "" : natural * zoom + "px";
  });

  // A table under the pointer has its lines set off.
  for (const svg of document.querySelectorAll("svg.er")) {
    const lines = [...svg.querySelectorAll(".line")];
    svg.addEventListener("mouseover", (event) => {
      const card = event.target.closest(".card");
      for (const line of lines) {
        const own = card && line.dataset.ends.split(" ").includes(card.dataset.entity);
        line.classList.toggle("lit", Boolean(own));
        line.classList.toggle("dim", Boolean(card && !own));
      }
    });
    svg.addEventListener("mouseleave", () => {
      for (const line of lines) line.classList.remove("lit", "dim");
    });
  }
})();
