// Was it checked before? In the reading room each card in sight asks for its likeliest match, two at a time, and shows
// it in one line; any [data-piece] that comes into sight is filled with the [data-part] of the page it names. On the
// form of a new ticket the list of similar claims follows the wording as it is typed. Without this script a link on the
// card or in the piece, and a button in the form, ask the same.
const AT_ONCE = 2, PAUSE = 450;

async function piece(address, selector) {
  const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.adoptNode(page.querySelector(selector));
}

const waiting = [];
let busy = 0;

async function next() {
  if (busy >= AT_ONCE || !waiting.length) return;
  const place = waiting.shift();
  busy += 1;
  try {
    const line = await piece(place.dataset.nearest ?? place.dataset.piece, place.dataset.part ?? ".assertion-card__similar");
    const focused = place.contains(document.activeElement);
    place.replaceWith(line);
    if (focused) line.querySelector("a, summary")?.focus({ preventScroll: true });
  } catch { /* the link stays */ }
  busy -= 1;
  next();
}

// A folded card hides its line while there is nothing to say, so it is the card that is looked for.
const inSight = new IntersectionObserver((seen) => {
  for (const one of seen) {
    if (!one.isIntersecting) continue;
    inSight.unobserve(one.target);
    waiting.push(one.target.matches("[data-piece]") ? one.target : one.target.querySelector("[data-nearest]"));
    next();
  }
}, { rootMargin: "400px" });
for (const place of document.querySelectorAll("[data-nearest], [data-piece]")) inSight.observe(place.closest("[data-assertion]") ?? place);

for (const place of document.querySelectorAll("[data-similar]")) {
  const typed = document.getElementById(place.dataset.of);
  let timer = 0, asked = typed.value;
  async function look() {
    const claim = typed.value;
    if (claim === asked) return;
    asked = claim;
    const address = new URL(place.dataset.similar, location.href);
    address.searchParams.set("claim", claim);
    try {
      const found = await piece(address, ".before");
      if (claim === asked) place.querySelector(".before").replaceWith(found);
    } catch { asked = ""; /* the button still asks */ }
  }
  typed.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, PAUSE); });
}
