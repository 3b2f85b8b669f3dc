// The rule builder: with every change it says what the rule would have done.
import { send } from "./page.js";

const form = document.querySelector("form.rule");
const place = document.querySelector(".would");
let due = null;
let asked = 0;

async function ask() {
  const mine = ++asked;
  const answer = await send("/alerts/preview", new FormData(form));
  if (mine !== asked || !answer.ok) return;
  place.innerHTML = await answer.text();
  if (place.querySelector("[data-more]")) ask(); // what was read is remembered: it reaches further each time
}

function soon() {
  clearTimeout(due);
  due = setTimeout(ask, 250);
}

form.addEventListener("input", soon);
form.querySelector(".try").hidden = true; // it happens by itself
const says = (field) => (field.multiple ? field.selectedOptions.length : field.type === "checkbox" ? false : field.value);
if ([...form.querySelectorAll("input:not([type=hidden]), select[multiple]")].some(says)) ask(); // a new rule says nothing yet
