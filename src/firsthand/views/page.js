// What moves on the page: notes open in the margin, the same evidence lights up everywhere, a link opens its report.
"use strict";
(() => {
  const phone = matchMedia("(max-width: 1040px)");
  const opened = [];

  const findShelf = (cite) => {
    const row = cite.closest(".row");
    if (row && !phone.matches) {
      const shelf = row.querySelector(".notes");
      if (shelf) return shelf;
    }
    const near = cite.closest("p, li, tr, figure, article, dl, table, h3") || cite;
    const block = near.tagName === "TR" ? near.closest("table") : near;
    let shelf = block.nextElementSibling;
    if (!shelf || !shelf.classList.contains("inline-notes")) {
      shelf = document.createElement("div");
      shelf.className = "notes inline-notes";
      shelf.setAttribute("aria-live", "polite");
      if (block.tagName === "LI") block.append(shelf);
      else block.after(shelf);
    }
    return shelf;
  };

  const makeNote = (name) => {
    const source = document.getElementById(name);
    if (!source) return null;
    const note = document.createElement("div");
    note.className = `${source.className} open`;
    note.dataset.note = name;
    note.append(...[...source.childNodes].map((child) => child.cloneNode(true)));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.textContent = "close";
    note.append(button);
    return note;
  };

  const close = (entry) => {
    entry.note.remove();
    entry.cite.removeAttribute("aria-expanded");
    entry.cite.classList.remove("opened");
    opened.splice(opened.indexOf(entry), 1);
  };

  const toggle = (cite, name) => {
    const before = opened.find((entry) => entry.cite === cite);
    if (before) return close(before);
    const note = makeNote(name);
    if (!note) return undefined;
    const shelf = findShelf(cite);
    const same = opened.find((entry) => entry.note.parentNode === shelf && entry.note.dataset.note === name);
    if (same) close(same);
    shelf.prepend(note);
    cite.setAttribute("aria-expanded", "true");
    cite.classList.add("opened");
    opened.push({ cite, note });
    return undefined;
  };

  const openReport = (hash) => {
    const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    const report = target && target.closest("details");
    if (report) report.open = true;
    if (target) target.scrollIntoView({ block: "center" });
    return Boolean(target);
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const shut = event.target.closest(".close") && opened.find((entry) => entry.note.contains(event.target));
    if (shut) {
      close(shut);
      shut.cite.focus({ preventScroll: true });
      return;
    }
    const link = event.target.closest("a");
    if (!link) return;
    const href = link.getAttribute("href") || "";
    if (link.classList.contains("cite") || link.classList.contains("basis")) {
      event.preventDefault();
      toggle(link, href.slice(1));
    } else if (link.classList.contains("place") && openReport(href)) {
      event.preventDefault();
      history.replaceState(null, "", href);
      const mark = document.getElementById(href.slice(1));
      mark.setAttribute("tabindex", "-1");
      mark.focus({ preventScroll: true });
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened.length) {
      const inside = opened.find((entry) => entry.note.contains(document.activeElement) || entry.cite === document.activeElement);
      close(inside || opened[opened.length - 1]);
    }
  });

  const light = (event, on) => {
    const from = event.target.closest && event.target.closest("[data-evidence]");
    if (!from) return;
    const wanted = new Set(from.dataset.evidence.split(" "));
    for (const mark of document.querySelectorAll("[data-evidence]")) {
      mark.classList.toggle("lit", on && mark.dataset.evidence.split(" ").some((name) => wanted.has(name)));
    }
  };
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => light(event, on));
  }
  addEventListener("hashchange", () => openReport(location.hash));
  if (location.hash) openReport(location.hash);
})();
