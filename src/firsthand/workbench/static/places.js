// @ts-check
// Which character of the report is that point of the page, and where on the page is that character?
// The server counts characters (code points); the browser counts half of some. Every stretch tells its first one.

/** @typedef {{ start: number, end: number, node: Text, whole: boolean }} Stretch */
/** @typedef {[number, number]} Span */

/** @param {string} words */
const count = (words) => [...words].length;

/**
 * List the stretches of the text, in order. `whole`: shown as something else, and taken as one character.
 * @param {Element} text
 * @returns {Stretch[]}
 */
export function listStretches(text) {
  const found = [];
  const spans = [...text.querySelectorAll("[data-s]")];
  for (const [number, span] of spans.entries()) {
    const node = span.lastChild;
    if (!(node instanceof Text) || !(span instanceof HTMLElement)) continue;
    const start = Number(span.dataset.s);
    const length = count(node.data);
    const next = spans[number + 1];
    const room = (next instanceof HTMLElement ? Number(next.dataset.s) : Number(text.getAttribute("data-end"))) - start;
    found.push({ start, end: start + Math.min(length, room), node, whole: length > room });
  }
  return found;
}

/**
 * Return the character at a point of the page, or null outside of the text.
 * @param {Element} text
 * @param {Node | null} node
 * @param {number} unit
 */
export function findPlace(text, node, unit) {
  if (!node || !text.contains(node)) return null;
  if (!(node instanceof Text)) {
    const child = node.childNodes[unit] || node;
    const near = child instanceof Element ? child.closest("[data-s]") || child.querySelector("[data-s]") : child.parentElement;
    return near instanceof HTMLElement && near.dataset.s ? Number(near.dataset.s) : Number(text.getAttribute("data-end"));
  }
  const stretch = listStretches(text).find((one) => one.node === node);
  if (!stretch) return null;
  return stretch.whole ? stretch.start : stretch.start + count(node.data.slice(0, unit));
}

/**
 * Return where on the page a character stands.
 * @param {Stretch[]} stretches
 * @param {number} place
 * @param {boolean} after whether the end of the character before is meant
 * @returns {[Text, number] | null}
 */
function findPoint(stretches, place, after) {
  const stretch = stretches.find((one) => (after ? one.start < place && place <= one.end : one.start <= place && place < one.end));
  if (!stretch) return null;
  if (stretch.whole) return [stretch.node, after ? stretch.node.length : 0];
  return [stretch.node, [...stretch.node.data].slice(0, place - stretch.start).join("").length];
}

/**
 * Return a range of the page for some characters of the report, or null where they are not on it.
 * @param {Element} text
 * @param {Span} span
 */
export function makeRange(text, span) {
  const stretches = listStretches(text);
  const [from, to] = [findPoint(stretches, span[0], false), findPoint(stretches, span[1], true)];
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(from[0], from[1]);
  range.setEnd(to[0], to[1]);
  return range;
}

/**
 * Return the words of some spans as they stand on the page.
 * @param {Element} text
 * @param {Span[]} spans
 */
export function readSpans(text, spans) {
  return spans.map((span) => makeRange(text, span)?.toString() || "").join(" ").replace(/\s+/g, " ").trim();
}

/**
 * Return what is selected in the text, without the blanks around it, or null.
 * @param {Element} text
 * @returns {Span | null}
 */
export function readSelection(text) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = findPlace(text, range.startContainer, range.startOffset);
  const end = findPlace(text, range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  const words = listUnits(text, "grapheme").filter((one) => one[0] >= start && one[1] <= end);
  return words.length ? [words[0][0], words[words.length - 1][1]] : null;
}

/**
 * List the words, or the sentences, of the text by their characters; with "grapheme" all that is not blank.
 * @param {Element} text
 * @param {"word" | "sentence" | "grapheme"} kind
 * @returns {Span[]}
 */
export function listUnits(text, kind) {
  /** @type {Span[]} */
  const units = [];
  const cutter = new Intl.Segmenter(text.getAttribute("lang") || undefined, { granularity: kind });
  for (const run of joinStretches(listStretches(text))) {
    const places = mapPlaces(run.words, run.start);
    for (const piece of cutter.segment(run.words)) {
      const bare = piece.segment.trim();
      if (!bare || (kind === "word" && !piece.isWordLike)) continue;
      const first = piece.index + piece.segment.indexOf(bare);
      units.push([places(first), places(first + bare.length)]);
    }
  }
  return units;
}

/** Return how units of a string are turned into characters of the report. @param {string} words @param {number} start */
function mapPlaces(words, start) {
  if (count(words) === words.length) return (/** @type {number} */ unit) => start + unit;
  return (/** @type {number} */ unit) => start + count(words.slice(0, unit));
}

/** Join stretches that follow one another; those shown as something else are left out. @param {Stretch[]} stretches */
function joinStretches(stretches) {
  /** @type {{ start: number, end: number, words: string }[]} */
  const runs = [];
  for (const one of stretches) {
    if (one.whole) continue;
    const last = runs[runs.length - 1];
    if (last && last.end === one.start) {
      last.words += one.node.data;
      last.end = one.end;
    } else runs.push({ start: one.start, end: one.end, words: one.node.data });
  }
  return runs;
}

/**
 * Return the point of the text under the pointer as a character, or null.
 * @param {Element} text
 * @param {number} x
 * @param {number} y
 */
export function findUnder(text, x, y) {
  if ("caretPositionFromPoint" in document) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret ? findPlace(text, caret.offsetNode, caret.offset) : null;
  }
  // Older engines know it under another name.
  const old = /** @type {{ caretRangeFromPoint?: (x: number, y: number) => Range | null }} */ (/** @type {unknown} */ (document));
  const range = old.caretRangeFromPoint?.(x, y);
  return range ? findPlace(text, range.startContainer, range.startOffset) : null;
}
