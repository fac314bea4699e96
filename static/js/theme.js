// The saved choice of paper or night, put on the page before it is painted. Not a module: it must not wait.
(() => {
  const root = document.documentElement;
  const saved = () => { try { return localStorage.getItem("theme") ?? ""; } catch { return ""; } };
  const show = (choice) => {
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    }
  };
  root.classList.add("js");
  show(saved());
  addEventListener("DOMContentLoaded", () => show(saved()));
  addEventListener("storage", (event) => event.key === "theme" && show(saved()));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-theme-choice]");
    if (!button) return;
    try { localStorage.setItem("theme", button.dataset.themeChoice); } catch { /* private window: for this page only */ }
    show(button.dataset.themeChoice);
  });
})();
