// The current section is in sight on a narrow screen, where the sections scroll.
document.querySelector(".sections [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// Menus made of <details> close on Escape, on a click elsewhere, and when the focus leaves them.
const close = (menu) => { menu.open = false; };
const opened = () => document.querySelectorAll("details[data-menu][open]");
document.addEventListener("click", (event) => {
  for (const menu of opened()) if (!menu.contains(event.target)) close(menu);
});
document.addEventListener("focusin", (event) => {
  for (const menu of opened()) if (!menu.contains(event.target)) close(menu);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of opened()) { close(menu); menu.querySelector("summary").focus(); }
});
