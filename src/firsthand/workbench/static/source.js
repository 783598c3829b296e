// @ts-check
// The five questions: what the answers chosen would make of the source's numbers, before they are recorded.

const form = /** @type {HTMLFormElement} */ (document.querySelector("form.ask"));
const place = /** @type {HTMLElement} */ (form.querySelector(".preview"));
let newest = 0;

async function preview() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (!["token", "seen", "back", "why"].includes(name) && typeof value === "string") asked.append(name, value);
  }
  const mine = ++newest;
  if (![...asked].length) return place.replaceChildren();
  const answer = await fetch(`${form.dataset.preview}?${asked}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine === newest && answer.ok) place.replaceChildren(...page.body.childNodes);
}

form.addEventListener("change", preview);
form.addEventListener("reset", () => setTimeout(preview));
