// @ts-check
// Files and folders that are dropped or chosen, sent piece by piece; and jobs, followed to their end.
import { send } from "./workbench.js";

const MOST_FILES = 40;
const MOST_BYTES = 20 * 1024 * 1024;
const TOO_LARGE = 50 * 1024 * 1024;
const WAIT = 400;

/**
 * @typedef {{ name: string, file: File }} Piece
 * @typedef {{ id: string, state: string, step: string, done: number, total: number, lines: string[], ended: string, next: string, seconds: number }} Job
 */

/**
 * Ask a job how it stands until it ends, and return how it ended.
 * @param {string} id
 * @param {(job: Job) => void} tell
 * @returns {Promise<Job>}
 */
export async function followJob(id, tell) {
  for (;;) {
    const answer = await fetch(`/jobs/${id}`, { headers: { accept: "application/json" } });
    /** @type {Job} */
    const job = await answer.json();
    tell(job);
    if (job.state !== "running") return job;
    await new Promise((resolve) => setTimeout(resolve, WAIT));
  }
}

/** @param {string} words @param {string} [look] */
function makeItem(words, look = "") {
  const item = document.createElement("li");
  item.dir = "auto";
  item.className = look;
  item.textContent = words;
  return item;
}

/** @param {string} selector @returns {HTMLElement | null} */
const find = (selector) => document.querySelector(selector);

/** What the page shows while something goes on. */
class Progress {
  constructor() {
    this.box = find("[data-progress]");
    this.state = find("[data-progress] .job-state");
    this.step = find("[data-progress] .job-step");
    this.bar = /** @type {HTMLProgressElement | null} */ (find("[data-progress] progress"));
    this.list = find("[data-outcomes]");
    this.listing = /** @type {HTMLDetailsElement | null} */ (find("[data-progress] details"));
    this.button = /** @type {HTMLButtonElement | null} */ (find("[data-stop]"));
    this.next = find("[data-progress] .job-next");
    this.stopping = false;
    this.button?.addEventListener("click", () => {
      this.stopping = true;
      if (this.button) this.button.disabled = true;
      this.onstop();
    });
    this.onstop = () => {};
  }

  /** @param {string} words */
  begin(words) {
    document.body.dataset.busy = "";
    this.stopping = false;
    if (this.box) this.box.hidden = false;
    if (this.state) this.state.textContent = words;
    if (this.next) this.next.hidden = true;
    if (this.button) Object.assign(this.button, { hidden: false, disabled: false });
    if (this.bar) this.bar.hidden = false;
    this.list?.replaceChildren();
    this.box?.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} step @param {number} done @param {number} total */
  show(step, done, total) {
    if (this.step) this.step.textContent = step;
    if (!this.bar) return;
    if (total) Object.assign(this.bar, { max: total, value: done });
    else this.bar.removeAttribute("value");
  }

  /** @param {string} words @param {string} [look] */
  note(words, look = "") {
    this.list?.append(makeItem(words, look));
    if (this.listing && look === "refused") this.listing.open = true;
  }

  /** @param {string} words @param {[string, string][]} links */
  end(words, links) {
    delete document.body.dataset.busy;
    if (this.state) this.state.textContent = words;
    if (this.step) this.step.textContent = "";
    if (this.bar) this.bar.hidden = true;
    if (this.button) this.button.hidden = true;
    if (!this.next) return;
    this.next.hidden = false;
    this.next.replaceChildren(
      ...links.map(([place, name], number) => {
        const link = document.createElement("a");
        link.href = place;
        link.textContent = name;
        link.className = number ? "button" : "button first";
        return link;
      }),
    );
    const first = this.next.querySelector("a");
    if (first) first.focus({ preventScroll: true });
  }
}

/**
 * Return the files of a drop, folders opened; what begins with a dot is left.
 * @param {DataTransfer} dropped
 * @returns {Promise<Piece[]>}
 */
async function gatherDropped(dropped) {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  /** @type {Piece[]} */
  const found = [];
  /** @param {FileSystemEntry} entry @param {string} path */
  const walk = async (entry, path) => {
    if (entry.name.startsWith(".")) return;
    if (entry.isDirectory) {
      const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
      for (;;) {
        /** @type {FileSystemEntry[]} */
        const inner = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (!inner.length) return;
        for (const one of inner) await walk(one, `${path}${entry.name}/`);
      }
    }
    /** @type {File} */
    const file = await new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject));
    found.push({ name: path + entry.name, file });
  };
  if (!entries.length) return [...dropped.files].map((file) => ({ name: file.name, file }));
  for (const entry of entries) await walk(/** @type {FileSystemEntry} */ (entry), "");
  return found;
}

/** @param {HTMLInputElement | null} input @returns {Piece[]} */
function gatherChosen(input) {
  const files = input?.files ? [...input.files] : [];
  return files
    .map((file) => ({ name: file.webkitRelativePath || file.name, file }))
    .filter((piece) => !piece.name.split("/").some((part) => part.startsWith(".")));
}

/** @param {string} name */
const cutEnding = (name) => name.replace(/\.[^./]*$/, "");

/**
 * Return the pieces in parcels; a report and the facts beside it travel together.
 * @param {Piece[]} pieces
 */
function packParcels(pieces) {
  const sorted = [...pieces].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  /** @type {Piece[][]} */
  const parcels = [];
  let bytes = 0;
  for (const piece of sorted) {
    const last = parcels[parcels.length - 1];
    const mate = last && cutEnding(last[last.length - 1].name) === cutEnding(piece.name);
    if (!last || (!mate && (last.length >= MOST_FILES || bytes + piece.file.size > MOST_BYTES))) {
      parcels.push([piece]);
      bytes = piece.file.size;
    } else {
      last.push(piece);
      bytes += piece.file.size;
    }
  }
  return parcels;
}

/**
 * Send pieces to the case; return how many were added, known and refused.
 * @param {Piece[]} pieces
 * @param {Progress} progress
 */
async function sendPieces(pieces, progress) {
  const counts = { added: 0, known: 0, refused: 0 };
  for (const piece of pieces.filter((one) => one.file.size > TOO_LARGE)) {
    counts.refused += 1;
    progress.note(`${piece.name}: not added: it is larger than 50 MB; put it into the folder reports/ yourself`, "refused");
  }
  const rest = pieces.filter((one) => one.file.size <= TOO_LARGE);
  let done = 0;
  for (const parcel of packParcels(rest)) {
    if (progress.stopping) break;
    progress.show(`${done} of ${rest.length} files sent`, done, rest.length);
    const form = new FormData();
    for (const piece of parcel) form.append("files", piece.file, piece.name);
    const said = await send("/add/files", form);
    for (const one of said.outcomes) {
      counts[/** @type {"added" | "known" | "refused"} */ (one.state)] += 1;
      progress.note(`${one.given}: ${one.words}`, one.state);
    }
    done += parcel.length;
  }
  return counts;
}

/** Suggestions can be asked for as soon as there is something to read. */
function allowSuggestions() {
  const button = document.querySelector('form[action="/suggest"] button');
  if (button instanceof HTMLButtonElement) button.disabled = false;
}

/** @param {{ added: number, known: number, refused: number }} counts */
function tellCounts(counts) {
  const told = [`${counts.added} added`];
  if (counts.known) told.push(`${counts.known} there already`);
  if (counts.refused) told.push(`${counts.refused} not added`);
  return told.join(", ");
}

/**
 * Start a job and follow it to its end.
 * @param {string} address
 * @param {Record<string, unknown>} told
 * @param {Progress} progress
 */
async function runJob(address, told, progress) {
  /** @type {Job} */
  const started = await send(address, told);
  let shown = 0;
  progress.onstop = () => send(`/jobs/${started.id}/stop`, {}).catch(() => undefined);
  const ended = await followJob(started.id, (job) => {
    progress.show(`${job.step || "Beginning"}, ${job.seconds} s`, job.done, job.done ? job.total : 0);
    for (const line of job.lines.slice(shown)) progress.note(line);
    shown = job.lines.length;
  });
  progress.onstop = () => {};
  return ended;
}

/** @param {Job} job */
const tellEnd = (job) => ({ done: "Done.", stopped: "Stopped. What was done before stays.", failed: `It could not be done: ${job.ended}`, running: "" })[job.state] || "";

/**
 * Let files be dropped on a place.
 * @param {Element} place
 * @param {(pieces: Piece[]) => void} take
 */
function takeDrops(place, take) {
  for (const name of ["dragenter", "dragover"]) {
    place.addEventListener(name, (event) => {
      event.preventDefault();
      place.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    const dropped = event instanceof DragEvent ? event.dataTransfer : null;
    if (dropped) gatherDropped(dropped).then(take);
  });
}

/** @param {HTMLFormElement} form @param {(pieces: Piece[]) => void} take */
function takeFiles(form, take) {
  const place = form.querySelector("[data-drop]");
  const folder = /** @type {HTMLInputElement | null} */ (form.querySelector("[data-folder]"));
  if (place) takeDrops(place, take);
  if (!folder) return;
  const label = folder.closest("label");
  if (label) label.hidden = false;
  folder.addEventListener("change", () => take(gatherChosen(folder)));
}

const progress = new Progress();
const AFTERWARDS = /** @type {[string, string][]} */ ([
  ["/", "To the verdict"],
  ["/reports", "Judge what was read"],
  ["/sources", "Questions about the sources"],
]);

/** @param {() => Promise<void>} act */
async function attempt(act) {
  try {
    await act();
  } catch (fault) {
    progress.end(`It could not be done: ${fault instanceof Error ? fault.message : fault}`, [["/", "To the verdict"]]);
  }
}

/** @param {Piece[]} pieces */
function addPieces(pieces) {
  if (!pieces.length) return;
  attempt(async () => {
    progress.begin(`Adding ${pieces.length === 1 ? "one file" : `${pieces.length} files`}`);
    const counts = await sendPieces(pieces, progress);
    if (counts.added) allowSuggestions();
    progress.end(`${progress.stopping ? "Stopped: " : ""}${tellCounts(counts)}.`, [["#suggest", "Have suggestions made"], ["/", "To the verdict"]]);
  });
}

const files = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-files]"));
if (files) {
  takeFiles(files, addPieces);
  files.addEventListener("submit", (event) => {
    event.preventDefault();
    addPieces(gatherChosen(files.querySelector("#files")));
  });
}

const text = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-text]"));
text?.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    progress.begin("Adding the pasted words");
    const said = await send("/add/text", Object.fromEntries([...new FormData(text)].map(([key, value]) => [key, String(value)])));
    for (const one of said.outcomes) progress.note(`${one.given}: ${one.words}`, one.state);
    const first = said.outcomes[0];
    progress.end(first.state === "added" ? "Added." : first.state === "known" ? "These words were there already." : `Not added: ${first.words}`, [["#suggest", "Have suggestions made"], ["/", "To the verdict"]]);
    if (first.state !== "added") return;
    allowSuggestions();
    text.reset();
  });
});

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-job]"))) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(async () => {
      progress.begin(form.getAttribute("action") === "/suggest" ? "Suggesting sources, claims and silences" : "Fetching");
      const told = Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, String(value)]));
      const job = await runJob(form.getAttribute("action") || "", told, progress);
      if (progress.list && progress.list.childElementCount && progress.listing) progress.listing.open = true;
      progress.end(tellEnd(job), AFTERWARDS);
    });
  });
}

const begin = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-begin]"));
if (begin) {
  /** @type {Piece[]} */
  let waiting = [];
  const chosen = begin.querySelector("[data-chosen]");
  const input = /** @type {HTMLInputElement | null} */ (begin.querySelector("#files"));
  /** @param {Piece[]} pieces */
  const keep = (pieces) => {
    waiting = [...waiting, ...pieces];
    const shown = waiting.slice(0, 8).map((piece) => makeItem(piece.name));
    if (waiting.length > 8) shown.push(makeItem(`and ${waiting.length - 8} more`));
    chosen?.replaceChildren(...shown);
  };
  takeFiles(begin, keep);
  begin.addEventListener("submit", (event) => {
    event.preventDefault();
    const pieces = [...waiting, ...gatherChosen(input)];
    const question = String(new FormData(begin).get("question") || "");
    attempt(async () => {
      progress.begin("Beginning the case");
      const form = new FormData();
      form.append("question", question);
      await send("/begin", form);
      begin.hidden = true;
      if (!pieces.length) {
        location.assign("/");
        return;
      }
      const counts = await sendPieces(pieces, progress);
      if (progress.stopping || !counts.added) {
        progress.end(`The case is begun: ${tellCounts(counts)}.`, [["/add", "Add more"], ["/", "To the verdict"]]);
        return;
      }
      progress.begin("Suggesting sources, claims and silences");
      const job = await runJob("/suggest", {}, progress);
      if (progress.listing) progress.listing.open = true;
      progress.end(`The case is begun: ${tellCounts(counts)}. ${tellEnd(job)}`, AFTERWARDS);
    });
  });
}
