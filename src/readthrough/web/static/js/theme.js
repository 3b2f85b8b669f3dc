// Runs before the first paint so that a chosen look never flashes; everything else waits for the page.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    for (const [name, values] of [["theme", ["dark", "light"]], ["density", ["comfortable"]], ["colours", ["green-red"]]]) {
      const chosen = localStorage.getItem(name);
      if (values.includes(chosen)) root.dataset[name] = chosen;
    }
  } catch {
    // Storage may be closed to us; the system's preference then stands.
  }
})();
