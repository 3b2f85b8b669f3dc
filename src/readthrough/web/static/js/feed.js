// The live feed: rows come rendered and escaped by the server; this puts them in place and keeps the list short.
import { select } from "./page.js";

const MOST_ROWS = 200;
const table = document.querySelector(".feed");
const body = table.tBodies[0];
const detail = document.querySelector(".detail");
const state = document.querySelector(".live");
const fresh = document.querySelector(".fresh");
const prefix = document.body.dataset.prefix;

let waiting = [];
let counted = 0;
let asked = null;
let due = null;

function show(name, words) {
  state.dataset.state = name;
  state.lastElementChild.textContent = words;
}

function insert() {
  const scroller = body.closest(".scroll");
  const before = scroller.scrollHeight;
  for (const html of waiting.splice(0)) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const row = holder.content.querySelector("tr");
    const old = body.querySelector(`tr[data-id="${CSS.escape(row.dataset.id)}"]`);
    const wasOn = old?.classList.contains("on");
    old?.remove();
    row.classList.add("new");
    row.querySelector("a")?.setAttribute("tabindex", "-1");
    body.prepend(row);
    if (wasOn) {
      detail.firstElementChild?.removeAttribute("data-note"); // of a revision that is no longer the newest
      select(row, { focus: false });
    }
    counted += 1;
  }
  while (body.rows.length > MOST_ROWS) body.lastElementChild.remove();
  document.querySelector(".empty")?.remove();
  // A reader who has scrolled down keeps their place.
  if (scroller.scrollTop > 0) scroller.scrollTop += scroller.scrollHeight - before;
  fresh.textContent = counted === 1 ? "1 new note" : `${counted} new notes`;
}

function receive(event) {
  waiting.push(event.data);
  if (waiting.length === 1) requestAnimationFrame(insert);
  if (waiting.length > MOST_ROWS) waiting.shift();
}

function listen() {
  const stream = new EventSource(table.dataset.live);
  stream.addEventListener("open", () => show("live", "live"));
  stream.addEventListener("error", () => show("lost", "reconnecting"));
  stream.addEventListener("row", receive);
  stream.addEventListener("missed", () => location.reload());
  addEventListener("pagehide", () => stream.close());
}

async function preview(id) {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(`${prefix}/notes/${encodeURIComponent(id)}/preview`, { signal: asked.signal });
    if (answer.ok) detail.innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") show("lost", "server not reached");
  }
}

document.addEventListener("row-selected", (event) => {
  if (detail.firstElementChild?.dataset.note === event.detail) return;
  clearTimeout(due);
  due = setTimeout(preview, 60, event.detail); // holding J down asks once, at the end
});
body.addEventListener("click", (event) => {
  const row = event.target.closest("tr");
  if (row && !event.target.closest("a")) select(row);
});
document.querySelector(".filters").addEventListener("change", (event) => event.currentTarget.requestSubmit());

for (const link of body.querySelectorAll("a")) link.setAttribute("tabindex", "-1");
if (body.rows[0]) select(body.rows[0], { focus: false });
listen();
