// @ts-check
// What every page of the workbench does: keys, and word that the case has changed elsewhere.

const body = document.body;
const keys = /** @type {HTMLDialogElement} */ (document.getElementById("keys"));
const POLL = 2500;

/**
 * Send a change to the workbench and return what it answers. Rejects with its sentence where it refuses.
 * @param {string} address
 * @param {Record<string, unknown> | FormData} told
 * @returns {Promise<any>}
 */
export async function send(address, told) {
  const form = told instanceof FormData;
  const answer = await fetch(address, {
    method: "POST",
    headers: { accept: "application/json", "x-firsthand-token": body.dataset.token || "", ...(form ? {} : { "content-type": "application/json" }) },
    body: form ? told : JSON.stringify(told),
  });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.mistake || answer.statusText), { status: answer.status, said });
  return said;
}

/** Whether keys typed now are meant for a field. @param {Event} event */
export function isTyping(event) {
  const target = event.target instanceof Element ? event.target : null;
  return Boolean(target && target.closest("input, textarea, select, [contenteditable]")) || keys.open;
}

let going = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  if (event.key === "?") keys.showModal();
  else if (going && /^[0-9]$/.test(event.key)) {
    const links = document.querySelectorAll(".menu a");
    const place = links[(Number(event.key) + 9) % 10];
    if (place instanceof HTMLElement) place.click();
  }
  going = event.key === "g";
});

async function askState() {
  if (document.hidden || "busy" in body.dataset) return;
  try {
    const said = await (await fetch("/state", { headers: { accept: "application/json" } })).json();
    const changed = said.state !== body.dataset.state;
    if (changed && !said.changing && "changing" in body.dataset) location.reload();
    const note = document.querySelector(".news .changed");
    if (note instanceof HTMLElement) note.hidden = !changed || said.changing;
  } catch {
    // The server has stopped; the page stays readable.
  }
}
setInterval(askState, POLL);
