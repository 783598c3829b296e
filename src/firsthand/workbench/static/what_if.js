// @ts-check
// Sliders: the numbers follow the hand, both variants follow the numbers; at most one question to the server at a time.

import { isTyping } from "./workbench.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("what-if"));
const shown = /** @type {HTMLElement} */ (document.getElementById("variants"));
const heard = /** @type {HTMLElement} */ (document.getElementById("heard"));
const find = /** @type {HTMLInputElement} */ (document.getElementById("find"));
const REST = 260;
const NEAR = 0.05;

let flying = "";
let leave = new AbortController();
let wanted = "";
let moved = 0;
let resting = 0;

/** @param {Element} slider @returns {HTMLInputElement} */
const inputOf = (slider) => /** @type {HTMLInputElement} */ (slider.querySelector("input"));
/** @param {Element} slider */
const assessedOf = (slider) => Number(/** @type {HTMLElement} */ (slider).dataset.assessed);
/** @param {number} value */
const tell = (value) => `${Number(value.toFixed(value < 1 || value > 99 ? 2 : 1))}\u00a0%`;
const sliders = () => [...form.querySelectorAll(".slider")];

/** Draw one slider as it stands: its number, its stretch, what is said of it. @param {Element} slider */
function paint(slider) {
  const input = inputOf(slider);
  const { low, high } = /** @type {HTMLElement} */ (slider).dataset;
  const [value, before] = [Number(input.value), assessedOf(slider)];
  const off = Math.abs(value - before) >= NEAR;
  const outside = off && (value < Number(low) - NEAR || value > Number(high) + NEAR);
  /** @type {HTMLOutputElement} */ (slider.querySelector("output")).textContent = tell(value);
  input.setAttribute("aria-valuetext", `${tell(value)}${outside ? ", outside the range allowed" : ""}`);
  slider.classList.toggle("is-moved", off);
  slider.classList.toggle("is-outside", outside);
  const stretch = slider.querySelector(".moved");
  stretch?.setAttribute("x1", String(Math.min(value, before)));
  stretch?.setAttribute("x2", String(Math.max(value, before)));
}

/** What the form says, in the words of an address: only what is moved, and what is pinned. */
function read() {
  const query = new URLSearchParams();
  for (const slider of sliders()) {
    const input = inputOf(slider);
    if (Math.abs(Number(input.value) - assessedOf(slider)) >= NEAR) query.append(input.name, input.value);
  }
  for (const box of form.querySelectorAll("input[name=without]:checked, input[type=hidden]")) {
    if (box instanceof HTMLInputElement) query.append(box.name, box.value);
  }
  return query;
}

/**
 * Ask for what follows. Only the newest question counts, and none is put before the last is answered; what takes long
 * is given up for it.
 * @param {string} depth
 */
async function ask(depth) {
  wanted = depth;
  if (flying && flying !== "quick") leave.abort();
  if (flying) return;
  while (wanted) {
    const [now, asked, begun] = [wanted, read(), moved];
    [wanted, flying, leave] = ["", now, new AbortController()];
    try {
      const answer = await fetch(`/what-if/turned?${asked}&depth=${now}&state=${document.body.dataset.state}`, { signal: leave.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok) swap([...page.body.childNodes]);
      if (now === "quick") document.body.dataset.delay = String(performance.now() - begun);
      if (now === "full") settle(asked);
      if (now === "steps" && !wanted) resting = setTimeout(() => ask("full"), REST);
    } catch (fault) {
      if (!(fault instanceof DOMException && fault.name === "AbortError")) heard.textContent = "The workbench does not answer.";
    }
  }
  flying = "";
}

/** Put a new result in place of the old, keeping what is open, typed and in focus. @param {Node[]} nodes */
function swap(nodes) {
  const open = new Set([...shown.querySelectorAll("details[open]")].map((one) => one.id));
  const typed = new Map([...shown.querySelectorAll("input:not([type=hidden])")].map((one) => [one.id, /** @type {HTMLInputElement} */ (one).value]));
  const focus = shown.contains(document.activeElement) ? document.activeElement : null;
  const name = focus?.id || (focus instanceof HTMLButtonElement ? focus.value : "");
  shown.replaceChildren(...nodes);
  const verdict = shown.querySelector(".live") || shown.querySelector(".variant");
  const bar = document.querySelector(".bar-live strong");
  if (bar) bar.textContent = verdict ? `${verdict.querySelector("strong")?.textContent}, ${verdict.querySelector(".percent")?.textContent}` : "cannot be";
  for (const one of shown.querySelectorAll("details")) one.open = open.has(one.id);
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (field instanceof HTMLInputElement) field.value = value;
  }
  if (!name) return;
  const next = document.getElementById(name) || [...shown.querySelectorAll("button")].find((one) => one.value === name) || shown.querySelector("header button");
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
}

/** Keep the address in step, and say the verdict to those who listen. @param {URLSearchParams} query */
function settle(query) {
  if (wanted) return;
  delete document.body.dataset.turning;
  const said = String(query);
  history.replaceState(null, "", said ? `?${said}` : location.pathname);
  const word = shown.querySelector(".live .word") || shown.querySelector(".word") || shown.querySelector(".mistake");
  heard.textContent = (word?.textContent || "").replace(/\s+/g, " ").trim();
}

function follow() {
  document.body.dataset.turning = "";
  moved = performance.now();
  clearTimeout(resting);
  const pending = shown.querySelector("[data-pending]");
  resting = setTimeout(() => ask(pending ? "steps" : "full"), pending ? REST / 2 : REST);
  ask("quick");
}

/** @param {Element} slider @param {number} value */
function set(slider, value) {
  inputOf(slider).value = String(Math.min(100, Math.max(0, value)));
  paint(slider);
}

/** Pin, unpin or put back, as the button says. @param {string} what */
function act(what) {
  if (what === "pin" || what === "assessed" || what === "unpin") {
    const live = [...read()].filter(([name]) => name !== "pinned" && !name.startsWith("a."));
    for (const field of form.querySelectorAll("input[type=hidden]")) {
      if (field instanceof HTMLInputElement && (field.name === "pinned" || field.name.startsWith("a."))) field.remove();
    }
    const held = what === "pin" ? live.map(([name, value]) => [`a.${name}`, value]) : what === "unpin" ? [["pinned", "none"]] : [];
    for (const [name, value] of held) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  } else {
    const one = what.startsWith("back:") ? what.slice(5) : "";
    for (const slider of sliders()) if (!one || inputOf(slider).name === one) set(slider, assessedOf(slider));
    if (!one) {
      for (const box of form.querySelectorAll("input[name=without]:checked")) /** @type {HTMLInputElement} */ (box).checked = false;
      for (const field of form.querySelectorAll("input[type=hidden]")) {
        if (field instanceof HTMLInputElement && field.name !== "pinned" && !field.name.startsWith("a.")) field.remove();
      }
    }
  }
  follow();
}

form.addEventListener("input", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement)) return;
  if (field === find) return sift();
  const slider = field.closest(".slider");
  if (slider) set(slider, Math.round(Number(field.value)));
  follow();
});

form.addEventListener("keydown", (event) => {
  const slider = event.target instanceof HTMLInputElement && event.target.type === "range" ? event.target.closest(".slider") : null;
  if (!slider || event.ctrlKey || event.metaKey || event.altKey) return;
  const value = Number(inputOf(slider).value);
  const step = event.shiftKey ? 0.1 : 1;
  /** @type {Record<string, number>} */
  const ways = { ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step, PageUp: 5, PageDown: -5 };
  if (event.key in ways) {
    const next = value + ways[event.key];
    set(slider, event.shiftKey ? Number(next.toFixed(1)) : ways[event.key] > 0 ? Math.floor(next + 1e-9) : Math.ceil(next - 1e-9));
  } else if (event.key === "Backspace") set(slider, assessedOf(slider));
  else return;
  event.preventDefault();
  follow();
});

document.addEventListener("submit", (event) => {
  if (event.target !== form) return;
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  event.preventDefault();
  if (!button || button.name !== "do") return search();
  const slider = button.closest(".slider");
  act(button.value);
  if (slider) inputOf(slider).focus();
});

/** Look for questions that this page does not hold, where it does not hold them all. */
function search() {
  if (!form.querySelector(".more") && !location.search.includes("q=")) return;
  const query = read();
  if (find.value.trim()) query.append("q", find.value);
  location.assign(`?${query}`);
}

for (const link of form.querySelectorAll(".more a")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const query = read();
    query.append("all", new URLSearchParams(/** @type {HTMLAnchorElement} */ (link).search).get("all") || "");
    location.assign(`?${query}${/** @type {HTMLAnchorElement} */ (link).hash}`);
  });
}

/** Show the questions that hold the words looked for. */
function sift() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const slider of sliders()) {
    const label = slider.querySelector("label")?.textContent?.toLowerCase() || "";
    /** @type {HTMLElement} */ (slider).hidden = !words.every((word) => label.includes(word));
  }
  for (const group of form.querySelectorAll("details.group")) {
    const some = group.querySelector(".slider:not([hidden])") || group.id === "group-out";
    if (!(group instanceof HTMLDetailsElement)) continue;
    group.hidden = !some || (words.length > 0 && group.id === "group-out");
    if (words.length) group.open = Boolean(some);
  }
  const first = form.querySelector("section.group");
  if (first instanceof HTMLElement) first.hidden = !first.querySelector(".slider:not([hidden])");
}

document.addEventListener("keydown", (event) => {
  const sliding = event.target instanceof HTMLInputElement && event.target.type === "range";
  if (event.key !== "/" || (isTyping(event) && !sliding)) return;
  event.preventDefault();
  find.focus();
});

for (const button of form.querySelectorAll(".plainly")) /** @type {HTMLElement} */ (button).hidden = true;
for (const slider of sliders()) paint(slider);
