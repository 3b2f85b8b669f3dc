// The command bar: one box for tickers, pages, saved views and actions. The list comes from the server.
const prefix = document.body.dataset.prefix;
const dialog = document.querySelector("dialog.palette");
const input = dialog.querySelector("input");
const list = dialog.querySelector("ul");
let asked = null;
let at = 0;

function choose(step) {
  const all = [...list.children];
  if (!all.length) return;
  at = (at + step + all.length) % all.length;
  all.forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
  all[at].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", all[at].id);
}

async function run(item) {
  if (!item) return;
  dialog.close();
  if (item.dataset.act) (await import("./page.js")).actions[item.dataset.act]?.();
  else location.assign(item.dataset.href);
}

function draw(found) {
  list.replaceChildren(
    ...found.map((entry, n) => {
      const item = document.createElement("li");
      item.id = `f${n}`;
      item.setAttribute("role", "option");
      if (entry.action) item.dataset.act = entry.action;
      else item.dataset.href = prefix + entry.path;
      const kind = document.createElement("span");
      kind.className = "kind";
      kind.textContent = entry.kind;
      const words = document.createElement("bdi");
      words.textContent = entry.words;
      item.append(words, kind);
      return item;
    }),
  );
  at = 0;
  choose(0);
}

async function ask() {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(`${prefix}/commands?q=${encodeURIComponent(input.value)}`, { signal: asked.signal });
    if (answer.ok) draw(await answer.json());
  } catch (error) {
    if (error.name !== "AbortError") list.replaceChildren();
  }
}

/** Opens the command bar; what stands in the box of the top bar is taken along. */
export function openPalette(from = null) {
  if (dialog.open) return;
  input.value = from?.value ?? "";
  if (from) from.value = "";
  dialog.showModal();
  ask();
}

input.addEventListener("input", ask);
input.addEventListener("keydown", (event) => {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (steps[event.key]) {
    event.preventDefault();
    choose(steps[event.key]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    run(list.children[at]);
  }
});
list.addEventListener("click", (event) => run(event.target.closest("li")));
