// The live feed: rows come rendered and escaped by the server; this puts them in place and keeps the list short.
import { select } from "./page.js";

const MOST_ROWS = 200;
const table = document.querySelector(".feed");
const body = table.tBodies[0];
const scroller = body.closest(".scroll");
const detail = document.querySelector(".detail");
const state = document.querySelector(".live");
const fresh = document.querySelector(".fresh");
const held = document.querySelector("button.waiting");
const prefix = document.body.dataset.prefix;

let coming = [];
let waiting = [];
let counted = 0;
let asked = null;
let due = null;

function show(name, words) {
  state.dataset.state = name;
  state.lastElementChild.textContent = words;
}

const found = (name, value) => value && body.querySelector(`tr[data-${name}="${CSS.escape(value)}"]`);

function fold(into) {
  const more = Number(into.dataset.repeats) + 1;
  into.dataset.repeats = more;
  let mark = into.querySelector(".fold");
  if (!mark) {
    mark = document.createElement("span");
    mark.className = "fold";
    into.querySelector(".hl a").append(" ", mark);
  }
  mark.textContent = `+${more}`;
}

/** Puts one row on top, in place of an older revision, or folds it into the story that it repeats. */
function place(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const row = holder.content.querySelector("tr");
  const old = found("id", row.dataset.id);
  const told = found("story", row.dataset.story);
  if (!old && told && row.classList.contains("again") && !table.dataset.query.includes("story=")) {
    fold(told);
    return;
  }
  const wasOn = old?.classList.contains("on");
  row.classList.add("new");
  row.querySelector("a")?.setAttribute("tabindex", "-1");
  if (old) old.replaceWith(row); // a revision keeps its place
  else {
    body.prepend(row);
    counted += 1;
  }
  if (wasOn) {
    detail.firstElementChild?.removeAttribute("data-note"); // of a revision that is no longer the newest
    select(row, { focus: false });
  }
}

function insert() {
  // A reader who has scrolled down is not pushed about: what is new waits until asked for.
  if (scroller.scrollTop > 4) {
    waiting = [...waiting, ...coming.splice(0)].slice(-MOST_ROWS);
    held.hidden = false;
    held.textContent = waiting.length === 1 ? "1 new note" : `${waiting.length} new notes`;
    fresh.textContent = `${held.textContent} waiting`;
    return;
  }
  for (const html of [...waiting.splice(0), ...coming.splice(0)]) place(html);
  held.hidden = true;
  while (body.rows.length > MOST_ROWS) body.lastElementChild.remove();
  document.querySelector(".empty")?.remove();
  if (!body.querySelector("tr.on") && body.rows[0]) select(body.rows[0], { focus: false });
  fresh.textContent = counted === 1 ? "1 new note" : `${counted} new notes`;
}

function receive(event) {
  coming.push(event.data);
  if (coming.length === 1) requestAnimationFrame(insert);
  if (coming.length > MOST_ROWS) coming.shift();
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

held.addEventListener("click", () => {
  scroller.scrollTop = 0;
  insert();
  if (body.rows[0]) select(body.rows[0]);
});
scroller.addEventListener("scroll", () => {
  if (waiting.length && scroller.scrollTop <= 4) requestAnimationFrame(insert);
});
document.addEventListener("row-selected", (event) => {
  if (detail.firstElementChild?.dataset.note === event.detail) return;
  clearTimeout(due);
  due = setTimeout(preview, 60, event.detail); // holding J down asks once, at the end
});
body.addEventListener("click", (event) => {
  const row = event.target.closest("tr");
  if (row && !event.target.closest("a")) select(row);
});
document.querySelector(".choices").addEventListener("change", (event) => event.currentTarget.requestSubmit());

for (const link of body.querySelectorAll("a")) link.setAttribute("tabindex", "-1");
if (body.rows[0]) select(body.rows[0], { focus: false });
listen();
