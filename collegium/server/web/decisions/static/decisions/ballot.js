/* Ranking by hand: buttons and dragging set the same fields that stand there without a script. */
"use strict";
(() => {
  const rowsOf = (list) => [...list.querySelectorAll(":scope > .rank")];
  const fieldOf = (row) => row.querySelector("select");
  const placeOf = (row) => fieldOf(row).selectedIndex; // 0 is no rank, then 1st, 2nd …

  const arrange = (list) => {
    const last = Number.MAX_SAFE_INTEGER;
    const sorted = rowsOf(list).sort((a, b) => (placeOf(a) || last) - (placeOf(b) || last));
    sorted.forEach((row) => list.append(row));
  };

  /* The rows up to `ranked` get the places 1, 2, 3 … as they stand; the others none. */
  const number = (list, ranked) => {
    rowsOf(list).forEach((row, at) => { fieldOf(row).selectedIndex = at < ranked ? at + 1 : 0; });
  };

  const tell = (list, row) => {
    const said = list.parentElement.querySelector("[data-moved]");
    const title = row.querySelector("label").textContent.trim();
    const field = fieldOf(row);
    if (said) said.textContent = `${title}: ${field.options[field.selectedIndex].text}`;
  };

  const place = (list, row, at) => {
    const others = rowsOf(list).filter((one) => one !== row);
    const ranked = others.filter((one) => placeOf(one) > 0).length;
    const target = Math.max(0, Math.min(at, ranked));
    list.insertBefore(row, others[target] || null);
    number(list, ranked + 1);
    tell(list, row);
  };

  const unrank = (list, row) => {
    fieldOf(row).selectedIndex = 0;
    arrange(list);
    number(list, rowsOf(list).filter((one) => placeOf(one) > 0).length);
    tell(list, row);
  };

  const move = (list, row, way) => {
    arrange(list);
    const rows = rowsOf(list);
    const ranked = rows.filter((one) => placeOf(one) > 0).length;
    const at = rows.indexOf(row);
    if (way === "up") place(list, row, at >= ranked ? ranked : at - 1);
    else if (at === ranked - 1) unrank(list, row);
    else if (at < ranked) place(list, row, at + 1);
  };

  const drag = (list, row, grip) => {
    grip.addEventListener("pointerdown", (start) => {
      start.preventDefault();
      row.classList.add("dragged");
      const follow = (now) => {
        const under = rowsOf(list).find((one) => {
          const box = one.getBoundingClientRect();
          return one !== row && now.clientY > box.top && now.clientY < box.bottom;
        });
        if (!under) return;
        const box = under.getBoundingClientRect();
        const after = now.clientY > box.top + box.height / 2;
        list.insertBefore(row, after ? under.nextSibling : under);
      };
      const drop = () => {
        document.removeEventListener("pointermove", follow);
        document.removeEventListener("pointerup", drop);
        document.removeEventListener("pointercancel", drop);
        row.classList.remove("dragged");
        const at = rowsOf(list).indexOf(row);
        const before = rowsOf(list).filter((one) => one !== row && placeOf(one) > 0).length;
        place(list, row, Math.min(at, before));
      };
      // The document listens: a row that is moved would lose the pointer.
      document.addEventListener("pointermove", follow);
      document.addEventListener("pointerup", drop);
      document.addEventListener("pointercancel", drop);
    });
  };

  const enhance = (root) => {
    root.querySelectorAll(".ranking:not([data-ready])").forEach((list) => {
      list.dataset.ready = "yes";
      rowsOf(list).forEach((row) => {
        row.querySelectorAll("[hidden]").forEach((one) => { one.hidden = false; });
        row.querySelectorAll("[data-move]").forEach((button) => {
          button.addEventListener("click", () => { move(list, row, button.dataset.move); button.focus(); });
        });
        drag(list, row, row.querySelector(".grip"));
      });
      arrange(list);
    });
  };

  document.addEventListener("DOMContentLoaded", () => enhance(document));
  document.addEventListener("htmx:load", (loaded) => enhance(loaded.target));
})();
