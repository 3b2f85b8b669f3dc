// What every page shares: the look, the keys, moving through a list, and the command bar.
import { openPalette } from "./palette.js";

const root = document.documentElement;
const prefix = document.body.dataset.prefix;
const GOES = { f: "/", t: "/tickers", p: "/portfolios", a: "/alerts", q: "/ask" };
let leader = 0; // when G was pressed

function keep(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  try {
    localStorage.setItem(name, value);
  } catch {
    // Kept for this page only.
  }
}

export const actions = {
  theme() {
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : !matchMedia("(prefers-color-scheme: light)").matches;
    keep("theme", dark ? "light" : "dark");
    dispatchEvent(new CustomEvent("look"));
  },
  density() {
    keep("density", root.dataset.density ? "" : "comfortable");
    name();
    dispatchEvent(new CustomEvent("look"));
  },
  colours() {
    keep("colours", root.dataset.colours ? "" : "green-red");
    name();
  },
  print: () => print(),
};

function name() {
  for (const button of document.querySelectorAll("button.prefs")) {
    button.hidden = false;
    const which = button.dataset.do;
    button.textContent = root.dataset[which] || { density: "compact", colours: "blue-orange" }[which];
    button.setAttribute("aria-label", `${which}: ${button.textContent}; change`);
  }
}

/** Sends something to the server as this page's own request. */
export function send(path, fields, { method = "POST" } = {}) {
  const token = document.querySelector("meta[name=csrf]")?.content;
  return fetch(prefix + path, {
    method,
    headers: token ? { "X-CSRF-Token": token } : {},
    body: fields ? new URLSearchParams(fields) : undefined,
    redirect: "manual",
  });
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

const follow = (selector) => document.querySelector(selector)?.click();

function onKey(event) {
  if (document.querySelector("dialog[open]")) return;
  const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const command = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  if (command) {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (typing) typing.blur();
    else if (document.querySelector(".panes.note")) location.assign(`${prefix}/`);
    return;
  }
  if (typing || event.target.closest(".ag-root-wrapper")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (leader && event.timeStamp - leader < 1500 && GOES[key]) {
    location.assign(prefix + GOES[key]);
    return;
  }
  leader = key === "g" ? event.timeStamp : 0;
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    t: actions.theme,
    "/": openPalette,
    "?": () => document.querySelector("dialog.help").showModal(),
    ".": () => follow("button.waiting:not([hidden])"),
    "[": () => follow("a[rel=prev]"),
    "]": () => follow("a[rel=next]"),
    Enter: () => event.target === document.body && follow(".feed tr.on a"),
  };
  const run = keys[key];
  if (!run) return;
  if (key !== "Enter") event.preventDefault();
  run();
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (button) actions[button.dataset.do]?.();
});
const theme = document.querySelector("button.theme");
theme.hidden = false;
theme.addEventListener("click", actions.theme);
name();
for (const button of document.querySelectorAll("button[data-do][hidden]")) button.hidden = false;
const search = document.querySelector("#search");
search.addEventListener("click", () => {
  if (!matchMedia("(max-width: 820px)").matches) openPalette(search);
});
