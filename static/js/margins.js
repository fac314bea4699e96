// The reading room on a wide screen: margin cards flow in one column, each beside its passage or, where that place is
// taken, right below the card before it. Where they would outgrow the text, all but the one in hand shrink to a line or
// two. Without this script each card stands whole beside its paragraph. A passage and its card light up together.
const room = document.querySelector("[data-reading]");
const GAP = 10;
const wide = matchMedia("(min-width: 64rem)");

function stack() {
  let free = 0;
  for (const row of room.querySelectorAll(".reading__row")) {
    const cards = row.querySelector(".reading__cards");
    if (!cards || !cards.childElementCount) continue;
    const top = Math.max(row.offsetTop, free);
    cards.style.top = wide.matches ? `${top}px` : "";
    free = top + cards.offsetHeight + GAP;
  }
  return free;
}

function flow() {
  room.classList.toggle("is-flowing", wide.matches);
  const height = stack(); // the old height stays until then: a page that shrinks for a moment scrolls away
  room.style.minHeight = wide.matches ? `${height}px` : "";
}

function arrange() {
  room.classList.remove("is-dense");
  room.classList.toggle("is-flowing", wide.matches);
  const text = [...room.querySelectorAll(".reading__text")].at(-1);
  const end = text ? text.offsetTop + text.offsetHeight : 0;
  room.classList.toggle("is-dense", wide.matches && stack() > end * 1.25 + 200);
  flow();
}

function numbers(target) {
  const card = target.closest?.("[data-assertion]");
  if (card) return [card.dataset.assertion];
  return (target.closest?.("[data-assertions]")?.dataset.assertions ?? "").split(" ").filter(Boolean);
}

function light(event) {
  for (const lit of room.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
  for (const number of numbers(event.target)) {
    room.querySelector(`[data-assertion="${number}"]`)?.classList.add("is-lit");
    for (const part of room.querySelectorAll(`[data-assertions~="${number}"]`)) part.classList.add("is-lit");
  }
}

function take(event) {
  if (event.target.closest("a, button, summary, [data-assertion]") || !getSelection().isCollapsed) return;
  const [number] = numbers(event.target);
  if (number) room.querySelector(`[data-assertion="${number}"]`).focus({ preventScroll: wide.matches });
}

if (room) {
  arrange();
  wide.addEventListener("change", arrange);
  const watch = new ResizeObserver(flow);
  for (const cards of room.querySelectorAll(".reading__cards")) watch.observe(cards);
  document.fonts?.ready.then(arrange);
  room.addEventListener("pointerover", light);
  room.addEventListener("focusin", light);
  room.addEventListener("click", take);
}
