// @ts-check
// How are the spans of an attribution drawn anew: by dragging, by selecting, or with the arrows?
import { findUnder, listUnits, makeRange, readSelection, readSpans } from "./places.js";

/** @typedef {import("./places.js").Span} Span */
/** @typedef {"source" | "cue" | "content"} Role */

/** @type {Role[]} */
export const ROLES = ["source", "cue", "content"];

/** One edit of the spans of one form; nothing is sent until its form is. */
export class Editing {
  /**
   * @param {Element} text
   * @param {HTMLFormElement} form
   * @param {Partial<Record<Role, Span[]>>} spans
   * @param {(words: string) => void} tell
   */
  constructor(text, form, spans, tell) {
    this.text = text;
    this.form = form;
    this.tell = tell;
    /** @type {Record<Role, Span[]>} */
    this.spans = { source: [...(spans.source || [])], cue: [...(spans.cue || [])], content: [...(spans.content || [])] };
    /** @type {Role} */
    this.role = "content";
    this.words = listUnits(text, "word");
    this.handles = ["start", "end"].map((side) => this.makeHandle(side));
    document.querySelector(".reader")?.classList.add("editing");
    this.redraw = () => this.draw();
    addEventListener("resize", this.redraw);
    this.choose("content", false);
  }

  /** Leave the text as it was drawn by the server. */
  close() {
    removeEventListener("resize", this.redraw);
    for (const handle of this.handles) handle.remove();
    for (const role of ROLES) CSS.highlights?.delete(role);
    document.querySelector(".reader")?.classList.remove("editing");
    for (const field of this.form.querySelectorAll(".words")) field.classList.remove("now");
  }

  /** Work on a role from now on; what is selected becomes it. @param {Role} role @param {boolean} take */
  choose(role, take = true) {
    this.role = role;
    const selected = take ? readSelection(this.text) : null;
    if (selected) {
      getSelection()?.removeAllRanges();
      this.put([selected]);
    } else if (!this.spans[role].length && take) this.put([this.findFirst()]);
    for (const field of this.form.querySelectorAll(".words")) {
      field.classList.toggle("now", field.querySelector(`[data-role="${role}"]`) !== null);
    }
    this.draw();
  }

  /** Return a word to begin with: the one before what stands already, or the first that is in view. @returns {Span} */
  findFirst() {
    const known = this.spans.content[0] || this.spans.source[0] || this.spans.cue[0];
    const before = known && this.words.filter((one) => one[1] <= known[0]).pop();
    return before || this.words.find((one) => (makeRange(this.text, one)?.getBoundingClientRect().top || 0) > 60) || this.words[0];
  }

  /** Set the place of the role in work. @param {Span[]} spans */
  put(spans) {
    this.spans[this.role] = spans;
    const words = readSpans(this.text, spans);
    const field = this.form.elements.namedItem(this.role);
    const places = this.form.elements.namedItem(`${this.role}_spans`);
    if (field instanceof HTMLInputElement) field.value = words;
    if (places instanceof HTMLInputElement) places.value = spans.length ? JSON.stringify(spans) : "";
    this.tell(`${this.role}: ${words}`);
    this.draw();
  }

  /** Forget where a role stands, because its words are written now. @param {string} role */
  forget(role) {
    const places = this.form.elements.namedItem(`${role}_spans`);
    if (places instanceof HTMLInputElement) places.value = "";
  }

  /** Show where the three roles stand, and put the handles to the one in work. */
  draw() {
    for (const role of ROLES) {
      const ranges = this.spans[role].map((span) => makeRange(this.text, span)).filter((range) => range !== null);
      CSS.highlights?.set(role, new Highlight(...ranges));
    }
    const spans = this.spans[this.role];
    const frame = this.text.parentElement?.getBoundingClientRect();
    for (const [number, handle] of this.handles.entries()) {
      handle.hidden = !spans.length;
      const last = number === 1;
      const range = spans.length ? makeRange(this.text, last ? spans[spans.length - 1] : spans[0]) : null;
      const boxes = range ? [...range.getClientRects()].filter((box) => box.width > 0) : [];
      const box = boxes[last ? boxes.length - 1 : 0];
      if (!box || !frame) continue;
      handle.style.left = `${(last ? box.right : box.left) - frame.left}px`;
      handle.style.top = `${box.top + box.height / 2 - 17 - frame.top}px`;
    }
  }

  /** @param {string} side */
  makeHandle(side) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "handle";
    handle.dataset.side = side;
    handle.setAttribute("aria-label", side === "start" ? "Beginning; move with Shift and the arrows" : "End; move with the arrows");
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      for (const one of this.handles) one.style.pointerEvents = "none";
      const place = findUnder(this.text, event.clientX, event.clientY);
      for (const one of this.handles) one.style.pointerEvents = "";
      if (place !== null) this.moveTo(side === "end", place);
    });
    this.text.parentElement?.append(handle);
    return handle;
  }

  /** Move one end of the role in work to the nearest end of a word. @param {boolean} end @param {number} place */
  moveTo(end, place) {
    const spans = this.spans[this.role];
    if (!spans.length) return;
    const edges = this.words.map((one) => one[end ? 1 : 0]);
    const near = edges.reduce((best, edge) => (Math.abs(edge - place) < Math.abs(best - place) ? edge : best), edges[0]);
    this.put(moveEdge(spans, end, near));
  }

  /** Move one end by a word. @param {boolean} end @param {boolean} onward */
  step(end, onward) {
    const spans = this.spans[this.role];
    if (!spans.length) {
      this.put([this.findFirst()]);
      return;
    }
    const now = end ? spans[spans.length - 1][1] : spans[0][0];
    const edges = this.words.map((one) => one[end ? 1 : 0]);
    const next = onward ? edges.find((edge) => edge > now) : edges.filter((edge) => edge < now).pop();
    if (next !== undefined) this.put(moveEdge(spans, end, next));
  }

  /** Take the sentence before or after. @param {boolean} onward */
  jump(onward) {
    const sentences = listUnits(this.text, "sentence");
    const now = this.spans[this.role][0] || this.findFirst();
    const next = onward ? sentences.find((one) => one[0] > now[0]) : sentences.filter((one) => one[1] <= now[0]).pop();
    if (next) this.put([next]);
  }

  /** Do what a key asks for while editing, and tell whether it asked for anything. @param {KeyboardEvent} event */
  press(event) {
    const role = ROLES[Number(event.key) - 1];
    if (role) this.choose(role);
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") this.step(!event.shiftKey, event.key === "ArrowRight");
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.jump(event.key === "ArrowDown");
    else return false;
    return true;
  }
}

/**
 * Return the spans with their beginning or end elsewhere; pieces that fall outside go.
 * @param {Span[]} spans
 * @param {boolean} end
 * @param {number} place
 * @returns {Span[]}
 */
function moveEdge(spans, end, place) {
  const [first, last] = [spans[0][0], spans[spans.length - 1][1]];
  if (end ? place <= first : place >= last) return spans;
  /** @type {Span[]} */
  const kept = spans.filter((one) => (end ? one[0] < place : one[1] > place)).map((one) => [one[0], one[1]]);
  if (end) kept[kept.length - 1][1] = place;
  else kept[0][0] = place;
  return kept;
}
