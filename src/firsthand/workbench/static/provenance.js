// @ts-check
// What a line of the tree rests on opens below the tree, without leaving the page.

import { isTyping } from "./workbench.js";

const panel = /** @type {HTMLElement | null} */ (document.getElementById("opened"));
const LINES = 'a[href^="/provenance/line"]';

/** @type {Element | null} */
let current = null;
let asked = 0;

/** The address of a link, also of one in a drawing. @param {Element} link */
const addressOf = (link) => link.getAttribute("href") || "";

/** @param {Element} link @param {boolean} keyboard */
async function open(link, keyboard) {
  if (!panel) return;
  if (current === link && !keyboard) return close();
  const number = ++asked;
  mark(link);
  panel.hidden = false;
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${addressOf(link)}&part=yes`, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (number !== asked) return;
    panel.replaceChildren(makeBar(), ...part.body.childNodes);
    panel.scrollTop = 0;
    uncover(link);
    if (keyboard) panel.focus({ preventScroll: true });
  } catch {
    location.assign(addressOf(link));
  } finally {
    panel.removeAttribute("aria-busy");
  }
}

/** Scroll a line of the drawing out from under what it has opened. @param {Element} link */
function uncover(link) {
  if (!panel) return;
  const [line, top] = [link.getBoundingClientRect(), panel.getBoundingClientRect().top];
  const middle = (line.top + line.bottom) / 2;
  if (middle > top - 30 || middle < 0) scrollBy({ top: middle - top / 2 });
}

function makeBar() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "close";
  button.textContent = "close";
  button.addEventListener("click", () => close());
  return button;
}

/** Show which line is open, wherever it is drawn. @param {Element | null} link */
function mark(link) {
  for (const one of document.querySelectorAll(LINES)) {
    const same = Boolean(link) && addressOf(one) === addressOf(/** @type {Element} */ (link));
    one.classList.toggle("opened", same);
    if (same) one.setAttribute("aria-expanded", "true");
    else one.removeAttribute("aria-expanded");
  }
  current = link;
}

function close() {
  if (!panel || panel.hidden) return;
  const back = current;
  const inside = panel.contains(document.activeElement);
  panel.hidden = true;
  panel.replaceChildren();
  asked += 1;
  mark(null);
  if (inside && (back instanceof HTMLElement || back instanceof SVGElement)) back.focus({ preventScroll: true });
}

/** Open the next line of the tree, or the one before. @param {number} step */
function move(step) {
  const links = [...document.querySelectorAll(LINES)].filter((one) => one.checkVisibility() && !panel?.contains(one));
  const place = current ? links.indexOf(current) : -1;
  const next = links[(place + step + links.length) % links.length];
  if (next) open(next, false);
}

document.addEventListener(
  "click",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target instanceof Element ? event.target.closest(LINES) : null;
    if (!link || !panel) return;
    event.preventDefault();
    event.stopPropagation();
    open(link, event.detail === 0);
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (!panel || panel.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") close();
  else if (isTyping(event)) return;
  else if (event.key === "n") move(1);
  else if (event.key === "p") move(-1);
});

const choice = document.getElementById("claim");
if (choice instanceof HTMLSelectElement) {
  choice.addEventListener("change", () => choice.form?.requestSubmit());
}
