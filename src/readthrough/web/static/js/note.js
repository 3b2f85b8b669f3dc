// A note that a language model is still writing: shown anew when its next revision is there.
import "./page.js";

const waiting = document.querySelector("[data-live]");
const stream = new EventSource(waiting.dataset.live);

function renew() {
  stream.close();
  location.reload();
}

stream.addEventListener("revised", renew);
stream.addEventListener("missed", renew);
addEventListener("pagehide", () => stream.close());
