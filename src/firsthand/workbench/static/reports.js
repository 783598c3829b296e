// @ts-check
// The list of reports grows as it scrolls, and its filter follows the typing.

const PART = "&part=1";

/** @param {string} address @returns {Promise<Document>} */
async function fetchPart(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

let loading = false;
/** Put the next reports below those shown. */
async function loadMore() {
  const more = document.querySelector("#more a");
  if (loading || !(more instanceof HTMLAnchorElement)) return;
  loading = true;
  try {
    const part = await fetchPart(more.href + PART);
    document.getElementById("rows")?.append(...(part.getElementById("rows")?.children || []));
    document.getElementById("more")?.replaceWith(...[part.getElementById("more")].filter((one) => one !== null));
    watch();
  } catch {
    // The server has stopped; the link stays.
  }
  loading = false;
}

const watcher = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && loadMore(), { rootMargin: "600px" });
function watch() {
  const more = document.getElementById("more");
  if (more) watcher.observe(more);
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("#more a")) return;
  event.preventDefault();
  loadMore();
});

const field = document.getElementById("q");
let asked = 0;
field?.addEventListener("input", () => {
  clearTimeout(asked);
  asked = window.setTimeout(async () => {
    if (!(field instanceof HTMLInputElement)) return;
    const address = `/reports?q=${encodeURIComponent(field.value)}`;
    const page = await fetchPart(address);
    const section = page.querySelector(".reports");
    const form = document.querySelector(".filter");
    if (!section || !form) return;
    section.querySelector(".filter")?.remove();
    while (form.nextSibling) form.nextSibling.remove();
    form.after(...section.childNodes);
    history.replaceState(null, "", address);
    watch();
  }, 150);
});
watch();
