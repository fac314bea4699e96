// Results while somebody types, on the page of results alone: after a short rest the new ones take the place of the old
// in one go. Nothing blinks, nothing spins; who presses Enter gets the page itself.
const REST = 250;
const form = document.querySelector("form[data-live]");
const box = form?.querySelector("[data-search]");
let waiting = 0;
let asking = null;

const address = () => {
  const typed = box.value.trim();
  return typed ? `${form.action}?${new URLSearchParams({ q: box.value })}` : form.action;
};

async function show() {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  const wanted = address();
  try {
    const answer = await fetch(wanted, { headers: { "X-Live": "yes" }, signal: mine.signal, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(form.dataset.live);
    if (!fresh || mine.signal.aborted) return;
    document.getElementById(form.dataset.live).replaceWith(document.adoptNode(fresh));
    const said = page.querySelector("[data-live-status]")?.textContent ?? "";
    document.querySelector("[data-live-status]").textContent = said; // heard, since its element stays
    document.title = page.title;
    history.replaceState(null, "", wanted);
  } catch (problem) {
    if (problem.name !== "AbortError") return; // what is shown stays; Enter asks again and says what is wrong
  }
}

function rest(event) {
  clearTimeout(waiting);
  if (!event.isComposing) waiting = setTimeout(show, REST);
}
box?.addEventListener("input", rest);
box?.addEventListener("compositionend", rest); // no input follows the last letters of a keyboard that puts words together
form?.addEventListener("submit", () => { clearTimeout(waiting); asking?.abort(); });
