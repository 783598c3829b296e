// @ts-check
// The map moves under the finger, by keys and by buttons; the server draws it anew where it comes to rest.

const figure = document.getElementById("sheet");
const NEARER = 1.6;
const STEP = 0.3;
const REST = 160;

/** @typedef {{ west: number, south: number, east: number, north: number }} View */
/** @type {Record<string, [number, number, number]>} */
const MOVES = { in: [0, 0, NEARER], out: [0, 0, 1 / NEARER], west: [-STEP, 0, 1], east: [STEP, 0, 1], north: [0, STEP, 1], south: [0, -STEP, 1] };
/** @type {Record<string, string>} */
const KEYS = { "+": "in", "=": "in", "-": "out", ArrowLeft: "west", ArrowRight: "east", ArrowUp: "north", ArrowDown: "south", 0: "whole" };

if (figure) {
  let asked = 0;
  let resting = 0;
  document.body.classList.add("scripted");
  const sheets = [...figure.querySelectorAll(".sheet")].filter((one) => one instanceof HTMLElement);
  const shown = () => sheets.find((one) => one.checkVisibility()) || sheets[0];
  let view = readView(shown().dataset.view || "");

  /** @param {string} words @returns {View} */
  function readView(words) {
    const [west, south, east, north] = words.split(",").map(Number);
    return { west, south, east, north };
  }

  /** The address of the map as it is seen now. @param {string} part */
  const addressOf = (part) => {
    const told = new URLSearchParams(location.search);
    told.set("view", [view.west, view.south, view.east, view.north].map((one) => one.toFixed(3)).join(","));
    if (part) told.set("part", part);
    else told.delete("part");
    return `/map?${told}`;
  };

  async function redraw() {
    const number = ++asked;
    const sheet = shown();
    const answer = await fetch(addressOf(sheet.dataset.size || "wide"));
    if (!answer.ok || number !== asked) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    if (number !== asked || drawn.nodeName !== "svg") return;
    sheet.replaceChildren(document.importNode(drawn, true));
    const told = new URLSearchParams(location.search);
    told.set("view", [view.west, view.south, view.east, view.north].map((one) => one.toFixed(3)).join(","));
    history.replaceState(null, "", `/map?${told}${location.hash}`);
  }

  /** Move by shares of the map and go nearer; shown at once, drawn anew when it rests. @param {number} right @param {number} up @param {number} nearer */
  function move(right, up, nearer) {
    const [wide, high] = [view.east - view.west, view.north - view.south];
    if ((nearer > 1 && wide < 1.6) || (nearer < 1 && (wide > 350 || high > 165))) return;
    const middle = [(view.west + view.east) / 2 + right * wide, (view.south + view.north) / 2 + up * high];
    if (Math.abs(middle[0]) > 180 || Math.abs(middle[1]) > 85) return;
    view = { west: middle[0] - wide / nearer / 2, east: middle[0] + wide / nearer / 2, south: middle[1] - high / nearer / 2, north: middle[1] + high / nearer / 2 };
    const svg = shown().querySelector("svg");
    if (svg) {
      const box = svg.viewBox.baseVal;
      const [x, y] = [box.x + box.width / 2 + right * box.width, box.y + box.height / 2 - up * box.height];
      svg.setAttribute("viewBox", [x - box.width / nearer / 2, y - box.height / nearer / 2, box.width / nearer, box.height / nearer].join(" "));
    }
    clearTimeout(resting);
    resting = setTimeout(redraw, REST);
  }

  /** @param {string} name */
  function act(name) {
    if (name === "whole") {
      const told = new URLSearchParams(location.search);
      told.delete("view");
      location.assign(`/map?${told}`);
    } else move(...MOVES[name]);
  }

  figure.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-move]") : null;
    if (!(button instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act(button.dataset.move || "whole");
  });

  for (const sheet of sheets) {
    sheet.tabIndex = 0;
    sheet.setAttribute("role", "group");
    sheet.setAttribute("aria-label", "The map; arrow keys move it, plus and minus go nearer and farther");
    sheet.addEventListener("keydown", (event) => {
      const name = KEYS[event.key];
      if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      act(name);
    });
    /** @type {PointerEvent | null} */
    let from = null;
    let moved = 0;
    sheet.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      from = event;
      moved = 0;
    });
    sheet.addEventListener("pointermove", (event) => {
      if (!from) return;
      const size = sheet.getBoundingClientRect();
      const [x, y] = [event.clientX - from.clientX, event.clientY - from.clientY];
      if (!moved && Math.hypot(x, y) < 4) return;
      if (!moved) sheet.setPointerCapture(event.pointerId);
      moved += Math.hypot(x, y);
      sheet.classList.add("dragging");
      from = event;
      move(-x / size.width, y / size.height, 1);
    });
    for (const kind of ["pointerup", "pointercancel"]) {
      sheet.addEventListener(kind, () => {
        from = null;
        sheet.classList.remove("dragging");
      });
    }
    sheet.addEventListener("click", (event) => moved > 4 && event.preventDefault(), true);
    sheet.addEventListener("dragstart", (event) => event.preventDefault());
    sheet.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      move(0, 0, event.deltaY < 0 ? 1.15 : 1 / 1.15);
    }, { passive: false });
  }
}

const choice = document.getElementById("claim");
if (choice instanceof HTMLSelectElement) choice.addEventListener("change", () => choice.form?.requestSubmit());
