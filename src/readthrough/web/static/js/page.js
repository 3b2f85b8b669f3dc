// What every page shares: the theme, the keys, and moving through a list.

const root = document.documentElement;
const prefix = document.body.dataset.prefix;

function toggleTheme() {
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : !matchMedia("(prefers-color-scheme: light)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // Kept for this page only.
  }
}

const rows = () => [...document.querySelectorAll(".feed tbody tr")];

/** Selects a row and moves focus to its link, which is the one stop of the list in tab order. */
export function select(row, { focus = true } = {}) {
  for (const other of document.querySelectorAll(".feed tr.on")) {
    other.classList.remove("on");
    other.querySelector("a")?.setAttribute("tabindex", "-1");
  }
  row.classList.add("on");
  const link = row.querySelector("a");
  link?.setAttribute("tabindex", "0");
  if (focus) {
    link?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  row.dispatchEvent(new CustomEvent("row-selected", { bubbles: true, detail: row.dataset.id }));
}

function move(step) {
  const all = rows();
  const at = all.findIndex((row) => row.classList.contains("on"));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  if (next) select(next);
}

function onKey(event) {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (typing) typing.blur();
    else if (document.querySelector(".panes.note")) location.assign(`${prefix}/`);
    return;
  }
  if (typing) return;
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    t: toggleTheme,
    "/": () => document.querySelector("#q, #search").focus(),
    Enter: () => event.target === document.body && document.querySelector(".feed tr.on a")?.click(),
  };
  const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!run) return;
  if (event.key !== "Enter") event.preventDefault();
  run();
}

document.addEventListener("keydown", onKey);
const theme = document.querySelector("button.theme");
theme.hidden = false;
theme.addEventListener("click", toggleTheme);
