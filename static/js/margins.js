// The reading room on a wide screen: margin cards flow in one column, each beside its passage or, where that place is
// taken, right below the card before it. Without this script each card stands beside its paragraph. A passage and its
// card light up together.
const room = document.querySelector("[data-reading]");
const GAP = 10;
const wide = matchMedia("(min-width: 64rem)");

function flow() {
  room.classList.toggle("is-flowing", wide.matches);
  let free = 0;
  for (const row of room.querySelectorAll(".reading__row")) {
    const cards = row.querySelector(".reading__cards");
    if (!cards || !cards.childElementCount) continue;
    const top = Math.max(row.offsetTop, free);
    cards.style.top = wide.matches ? `${top}px` : "";
    free = top + cards.offsetHeight + GAP;
  }
  room.style.minHeight = wide.matches ? `${free}px` : "";
}

function light(event) {
  const card = event.target.closest?.("[data-assertion]");
  const passage = event.target.closest?.("[data-assertions]");
  const numbers = card ? [card.dataset.assertion] : (passage?.dataset.assertions ?? "").split(" ").filter(Boolean);
  for (const lit of room.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
  for (const number of numbers) {
    room.querySelector(`[data-assertion="${number}"]`)?.classList.add("is-lit");
    for (const part of room.querySelectorAll(`[data-assertions~="${number}"]`)) part.classList.add("is-lit");
  }
}

if (room) {
  flow();
  wide.addEventListener("change", flow);
  const watch = new ResizeObserver(flow);
  for (const cards of room.querySelectorAll(".reading__cards")) watch.observe(cards);
  document.fonts?.ready.then(flow);
  room.addEventListener("pointerover", light);
  room.addEventListener("focusin", light);
}
