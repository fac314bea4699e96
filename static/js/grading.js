// The rating that the stated rule proposes, fetched once all three grades are chosen; and the field for the reason,
// shown when the chosen rating is another one. Without this script the desk says both when the form is sent.
const form = document.querySelector("form:has([data-proposal])");
const place = form.querySelector("[data-proposal]");
const reason = form.querySelector("[data-override]");
const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value;

function weigh() {
  const proposed = place.querySelector("[data-proposed]")?.dataset.proposed;
  const rating = chosen("rating");
  const departs = Boolean(proposed && rating && proposed !== rating);
  const written = reason.querySelector("textarea").value.trim() || reason.querySelector("[aria-invalid]");
  reason.hidden = !departs && !written;
  reason.classList.toggle("is-needed", departs);
}

let asked = "";
async function propose() {
  const grades = ["sourcing", "attribution", "confirmation"].map((name) => [name, chosen(name)]);
  if (grades.some(([, grade]) => grade === undefined)) return;
  const address = `${place.dataset.proposal}?${new URLSearchParams(grades)}`;
  if (address === asked) return;
  asked = address;
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok || address !== asked) return;
    place.innerHTML = await answer.text();
    weigh();
  } catch { asked = ""; /* the desk says it when the form is sent */ }
}

form.addEventListener("change", () => { propose(); weigh(); });
propose();
weigh();
