// Runs before the first paint so that a chosen theme never flashes; everything else waits for the page.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  } catch {
    // Storage may be closed to us; the system's preference then stands.
  }
})();
