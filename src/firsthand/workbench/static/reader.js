// @ts-check
// How is a report read and judged without leaving the page? The server draws every part; this puts them in place.
import { isTyping, send } from "./workbench.js";
import { Editing } from "./editing.js";
import { makeRange, readSelection } from "./places.js";

const PARTS = ["shelf", "way", "before", "text", "after", "ask", "marks", "side"];
const WHY = "firsthand-why";
const DEEDS = "firsthand-deeds";
const SETTLE = 700;

/** @type {Editing | null} */
let editing = null;
let settling = 0;

/** @param {string} id */
const find = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Say what was done, or what is wrong. @param {string} words @param {boolean} wrong */
function tell(words, wrong = false) {
  const outcome = find("outcome");
  outcome.textContent = words;
  outcome.classList.toggle("wrong", wrong);
}

let turn = 0;
/**
 * Put the parts of a page of ours in the places of those shown, and keep the focus where it was.
 * Of several that are asked for, only the last is shown; tells whether this one was.
 * @param {string} address
 */
async function look(address) {
  const mine = (turn += 1);
  const [path] = address.split("#");
  const answer = await fetch(path, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error("That could not be shown; load the page again.");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== turn) return false;
  const focus = nameFocus();
  stop();
  for (const id of PARTS) {
    const part = page.getElementById(id);
    const open = find(id) instanceof HTMLDetailsElement && find(id).hasAttribute("open");
    if (!part) continue;
    find(id).replaceWith(document.adoptNode(part));
    find(id).toggleAttribute("open", open);
  }
  history.replaceState(null, "", address);
  enhance();
  focusOn(focus);
  return true;
}

/** Return by what the element in focus is found again after its part is drawn anew. */
function nameFocus() {
  const now = document.activeElement;
  if (!(now instanceof HTMLElement) || !now.closest("#ask, #side, #marks")) return "";
  if (now.dataset.do) return `[data-do="${now.dataset.do}"]`;
  if (now instanceof HTMLButtonElement && now.name) return `#${now.closest("#ask") ? "ask" : "side"} button[value="${now.value}"]`;
  return now.closest("#ask") ? "#ask" : "";
}

/** @param {string} name */
function focusOn(name) {
  if (!name) return;
  const found = document.querySelector(name) || find("ask");
  if (!(found instanceof HTMLElement)) return;
  if (found.id === "ask") found.tabIndex = -1;
  found.focus({ preventScroll: true });
}

/** Show what only works with this script, and what is in view. */
function enhance() {
  document.querySelector(".reader")?.classList.add("scripted");
  for (const one of document.querySelectorAll("[data-do][hidden], .hint[hidden]")) one.removeAttribute("hidden");
  for (const one of document.querySelectorAll("input[data-why]")) {
    if (one instanceof HTMLInputElement) one.value = sessionStorage.getItem(WHY) || one.value;
  }
  drawBar();
}

/** Draw the bar beside the lines of the attribution in view. */
function drawBar() {
  document.querySelector(".inview")?.remove();
  const paper = find("text").parentElement;
  const now = [...document.querySelectorAll("#text .now")].flatMap((one) => [...one.getClientRects()]);
  if (!paper || !now.length) return;
  const frame = paper.getBoundingClientRect();
  const top = Math.min(...now.map((box) => box.top)) - frame.top;
  const bar = document.createElement("div");
  bar.className = "inview";
  bar.style.top = `${top}px`;
  bar.style.height = `${Math.max(...now.map((box) => box.bottom)) - frame.top - top}px`;
  paper.append(bar);
}

/** Bring what is in view between the top of the window and the question. */
function scrollToNow() {
  const now = document.querySelector("#text .now");
  if (!now) return;
  const box = now.getBoundingClientRect();
  const room = innerHeight - find("ask").getBoundingClientRect().height - 40;
  if (box.top < 50 || box.bottom > Math.max(room, 120)) scrollBy(0, box.top - Math.max(80, room / 3));
}

/** Look at an attribution of this report. @param {string} address */
async function choose(address) {
  await attempt(async () => {
    await look(address);
    scrollToNow();
  });
}

/** Do something, and tell what went wrong with it. @param {() => Promise<unknown>} act */
async function attempt(act) {
  try {
    await act();
  } catch (fault) {
    tell(fault instanceof Error ? fault.message : String(fault), true);
  }
}

/**
 * Send a judgement, show what it changes, and keep it for undoing.
 * @param {string} place
 * @param {Record<string, string>} told
 */
async function judge(place, told) {
  await attempt(async () => {
    let said;
    turn += 1;
    clearTimeout(settling);
    try {
      said = await send(`${place}/judge`, told);
    } catch (fault) {
      if (fault instanceof Error && "status" in fault && fault.status === 409) return submitPlainly(`${place}/judge`, told);
      throw fault;
    }
    keepDeed(place, told, said);
    document.body.dataset.state = said.state;
    await look(`${place}?at=${encodeURIComponent(said.mark)}${keepAll()}`);
    tell(said.said);
    settle();
    return undefined;
  });
}

/** @param {string} place @param {Record<string, string>} told @param {{ mark: string, abouts: string[] }} said */
function keepDeed(place, told, said) {
  const deeds = readDeeds();
  if (told.act === "undo") deeds.pop();
  else deeds.push({ place, mark: said.mark, about: said.abouts[0] });
  sessionStorage.setItem(DEEDS, JSON.stringify(deeds.slice(-50)));
}

/** @returns {{ place: string, mark: string, about: string }[]} */
function readDeeds() {
  return JSON.parse(sessionStorage.getItem(DEEDS) || "[]");
}

/** Whether the page's furniture is asked for stays so. */
function keepAll() {
  return new URLSearchParams(location.search).has("all") ? "&all=1" : "";
}

/** Send a form as if there were no script: the server then shows both versions. @param {string} place @param {Record<string, string>} told */
function submitPlainly(place, told) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = place;
  for (const [name, value] of Object.entries({ ...told, token: document.body.dataset.token || "" })) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

/** Draw again once what follows from a judgement is worked out, unless something else is being done by then. */
function settle() {
  clearTimeout(settling);
  settling = window.setTimeout(async () => {
    try {
      const before = turn;
      const said = await (await fetch("/state", { headers: { accept: "application/json" } })).json();
      if (before !== turn) return undefined;
      if (said.changing) return settle();
      const busy = editing || document.activeElement?.closest("input, select, textarea") || getSelection()?.isCollapsed === false;
      const outcome = find("outcome").textContent || "";
      if (!busy && said.state === document.body.dataset.state && (await look(location.href))) tell(outcome);
    } catch {
      // The server has stopped; the page stays readable.
    }
    return undefined;
  }, SETTLE);
}

/** Read the fields of a form, with the button that was pressed. @param {HTMLFormElement} form @param {HTMLElement | null} button */
function readForm(form, button) {
  /** @type {Record<string, string>} */
  const told = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string") told[name] = value;
  if (button instanceof HTMLButtonElement && button.name) told[button.name] = button.value;
  return told;
}

/** Begin to edit spans in a form: those of the attribution in view, or of a new one. @param {"correct" | "add"} name */
function edit(name) {
  const box = find(name);
  const form = box?.querySelector("form");
  if (!form) return;
  const selected = readSelection(find("text"));
  stop();
  box.setAttribute("open", "");
  const spans = name === "add" ? {} : JSON.parse(find("ask").dataset.spans || "{}");
  editing = new Editing(find("text"), form, spans, tell);
  if (name === "add") {
    if (selected) editing.put([selected]);
    else editing.choose("content");
    getSelection()?.removeAllRanges();
  }
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  drawBar();
  scrollToNow();
  editing.draw();
}

function stop() {
  if (!editing) return;
  editing.close();
  editing = null;
  tell("");
}

/** Leave an edit: what was written goes. */
function leave() {
  stop();
  for (const name of ["correct", "add"]) {
    find(name)?.removeAttribute("open");
    const form = find(name)?.querySelector("form");
    form?.reset();
    for (const one of form?.querySelectorAll("input[name$='_spans']") || []) if (one instanceof HTMLInputElement) one.value = "";
  }
  enhance();
}

/** Open the form of corrections at one of its fields. @param {string} id */
function open(id) {
  find("correct")?.setAttribute("open", "");
  const field = find(id);
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
}

/** Press a button of the page. @param {string} name */
function press(name) {
  const button = document.querySelector(name);
  if (button instanceof HTMLButtonElement && button.form) button.form.requestSubmit(button);
  else if (button instanceof HTMLElement) button.click();
  return button !== null;
}

function undo() {
  const last = readDeeds().pop();
  if (last) {
    const why = sessionStorage.getItem(WHY) ? "" : "taken back in the reader";
    judge(last.place, { act: "undo", mark: last.mark, about: last.about, why });
  } else if (!press('#acts button[value="undo"]')) tell("Nothing was judged in this window that could be taken back.");
}

/** @type {Record<string, () => void>} */
const KEYS = {
  j: () => press('[data-do="next"]'),
  k: () => press('[data-do="back"]'),
  a: () => press('#acts button[value="accept"]'),
  r: () => press('#acts button[value="reject"]'),
  x: () => press('#acts button[value="reject"]'),
  e: () => edit("correct"),
  n: () => edit("add"),
  h: () => open("correct-hedge"),
  s: () => open("correct-named"),
  u: () => press('.lineage button[value="unknown"]'),
  z: undo,
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && (editing || document.activeElement?.closest("#correct, #add"))) return leave();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return undefined;
  if (editing) {
    const button = event.target instanceof Element && event.target.closest("button:not(.handle), a, summary");
    if (event.key === "Enter" && !button) editing.form.requestSubmit();
    else if (!editing.press(event)) return undefined;
    event.preventDefault();
    return undefined;
  }
  const act = KEYS[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
  return undefined;
});

/** @type {Record<string, () => void>} */
const BUTTONS = { edit: KEYS.e, hedge: KEYS.h, same: KEYS.s, unknown: KEYS.u, add: KEYS.n, leave };

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const button = event.target.closest("[data-do]");
  const act = button instanceof HTMLElement ? BUTTONS[button.dataset.do || ""] : undefined;
  if (act) return void act();
  const link = event.target.closest("#ask a.step, #marks a");
  if (link instanceof HTMLAnchorElement) {
    event.preventDefault();
    choose(link.href);
    return;
  }
  const mark = event.target.closest("#text [data-m]");
  if (!(mark instanceof HTMLElement) || editing || getSelection()?.isCollapsed === false) return;
  const names = (mark.dataset.m || "").split(" ");
  const next = names[(names.indexOf(find("ask").dataset.mark || "") + 1) % names.length];
  choose(`${find("ask").dataset.place}?at=${encodeURIComponent(next)}${keepAll()}`);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.closest("#ask, #side")) return;
  event.preventDefault();
  judge(find("ask").dataset.place || "", readForm(form, event.submitter));
});

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement)) return;
  if (field.dataset.why !== undefined) {
    sessionStorage.setItem(WHY, field.value);
    for (const other of document.querySelectorAll("input[data-why]")) {
      if (other instanceof HTMLInputElement && other !== field) other.value = field.value;
    }
  }
  const places = field.dataset.role && field.form?.elements.namedItem(`${field.dataset.role}_spans`);
  if (places instanceof HTMLInputElement) places.value = "";
});

/** Go to the character an address asks for, on whichever page of the report it stands. */
async function goToPlace() {
  const asked = /^#c(\d+)$/.exec(location.hash);
  if (!asked) return;
  const place = Number(asked[1]);
  const query = new URLSearchParams(location.search);
  if (query.get("c") !== asked[1] && !query.has("at")) await attempt(() => look(`${find("ask").dataset.place}?c=${place}${keepAll()}#c${place}`));
  const range = makeRange(find("text"), [place, place + 1]);
  const box = range?.getBoundingClientRect();
  if (box) scrollBy(0, box.top - (innerHeight - find("ask").getBoundingClientRect().height) / 3);
}

addEventListener("resize", drawBar);
addEventListener("hashchange", goToPlace);
document.fonts.ready.then(drawBar);
enhance();
if (location.hash) goToPlace();
