// A note beside its article: what rests on which words lights up, both ways. A note that a language model is
// still writing is shown anew when its next revision is there.
import "./page.js";

const stream = document.querySelector("[data-live]");
if (stream) {
  const source = new EventSource(stream.dataset.live);
  const renew = () => {
    source.close();
    location.reload();
  };
  source.addEventListener("revised", renew);
  source.addEventListener("missed", renew);
  addEventListener("pagehide", () => source.close());
}

const words = [...document.querySelectorAll("[data-of]")];
const told = [...document.querySelectorAll("[data-on]")];
const ids = (element, name) => element.dataset[name].split(" ").filter(Boolean);

function light(element, { scroll = false } = {}) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!element) return;
  const from = "of" in element.dataset ? "of" : "on";
  const own = new Set(ids(element, from));
  const others = (from === "of" ? told : words).filter((o) => ids(o, from === "of" ? "on" : "of").some((id) => own.has(id)));
  for (const other of [element, ...others]) other.classList.add("lit");
  if (scroll) others[0]?.scrollIntoView({ block: "nearest" });
}

const near = (event) => event.target.closest("[data-on], [data-of]");
document.addEventListener("mouseover", (event) => light(near(event)));
document.addEventListener("focusin", (event) => light(near(event), { scroll: true }));
document.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-of]");
  if (mark) light(mark, { scroll: true });
});

const said = document.querySelector(".copied");
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const { from, link } = button.dataset;
    const text = from ? await (await fetch(from)).text() : new URL(link, location.href).href;
    await navigator.clipboard.writeText(text);
    said.textContent = "Copied";
  });
}
