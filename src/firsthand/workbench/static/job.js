// @ts-check
// Follows a job until it ends, and then shows its page as it is.
import { followJob } from "./adding.js";

const box = document.querySelector("[data-job]");
const state = document.querySelector(".job-step");
const bar = document.querySelector("progress");
if (box instanceof HTMLElement && box.dataset.job) {
  followJob(box.dataset.job, (job) => {
    if (state) state.textContent = job.step;
    if (bar && job.total) {
      bar.max = job.total;
      bar.value = job.done;
    }
  }).then(() => location.reload());
}
