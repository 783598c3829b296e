// @ts-check
// Looks again, by itself, once the file that needs mending has been saved.

const shown = document.body.dataset.state;

async function lookAgain() {
  try {
    const answer = await fetch("/state", { headers: { accept: "application/json" } });
    const said = await answer.json();
    if (said.state !== shown && !said.changing) location.reload();
  } catch {
    // The server has stopped; the page stays readable.
  }
}
setInterval(lookAgain, 1000);
