// A file chosen for import is put into the box that is sent, so that its words can be seen first.
import "./page.js";

const pick = document.querySelector(".pick");
if (pick) {
  pick.hidden = false;
  pick.querySelector("input").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    document.querySelector("textarea[name=holdings]").value = await file.text();
    const name = document.querySelector("input[name=name]");
    name.value ||= file.name.replace(/\.[^.]*$/, "");
  });
}
