// Long work tells how far it is: every [data-progress] names an address that answers with the same piece of the page,
// newer. When the work is over the page is read again, unless somebody is writing or choosing on it: then a link says
// that there is more to see. Without this script the piece holds a plain link that looks again.
const EVERY = 1000, SLOWEST = 30000;

function busy() {
  const fields = [...document.querySelectorAll("main input, main textarea, main select")];
  const typed = fields.some((field) => {
    if (field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected) && field.selectedIndex > 0;
    return field.value !== field.defaultValue;
  });
  return typed || !getSelection().isCollapsed || document.querySelector("main details.confirm[open]") !== null;
}

async function ask(address) {
  const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const piece = page.querySelector("[data-job]");
  if (!piece) throw new Error("no such piece");
  return document.adoptNode(piece);
}

// While the work only goes on, only the figures change: a screen reader hears the sentence once, and nothing jumps.
function renew(old, piece) {
  const bar = old.querySelector("progress"), fresh = piece.querySelector("progress");
  if (!bar || !fresh || old.dataset.look !== piece.dataset.look) {
    old.replaceWith(piece);
    return piece;
  }
  if (fresh.hasAttribute("value")) bar.value = fresh.value;
  const words = fresh.parentElement.querySelectorAll("span");
  bar.parentElement.querySelectorAll("span").forEach((span, at) => { span.textContent = words[at].textContent; });
  return old;
}

async function follow(piece) {
  const address = piece.dataset.progress;
  let pause = EVERY;
  while (piece.dataset.progress) {
    await new Promise((done) => { setTimeout(done, pause); });
    if (document.hidden) continue;
    try {
      piece = renew(piece, await ask(address));
      pause = EVERY;
    } catch {
      pause = Math.min(pause * 2, SLOWEST);
    }
  }
  if ("over" in piece.dataset && !busy()) location.reload();
}

for (const piece of document.querySelectorAll("[data-progress]")) follow(piece);
