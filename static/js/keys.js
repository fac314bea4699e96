// The keyboard. Everywhere: / searches, ? helps. In a list marked data-queue: j k move, Enter opens,
// x selects, a assigns. In a list marked data-cards (the reading room): j k move, the letters of data-key press buttons.
// In a rubric: 0-4 choose. Keys rest while somebody types.
const HELP = [
  ["j  k", "next, previous", "[data-row]"], ["Enter", "open", "[data-row]"], ["x", "select", "[data-pick]"], ["a", "assign the selection", "[data-assign]"],
  ["t", "reading room: open a ticket", "[data-cards]"], ["f", "file under a ticket", "[data-cards]"], ["s", "claims like it", "[data-cards]"], ["l", "file under the likeliest", "[data-cards]"],
  ["e", "edit the assertion", "[data-cards]"], ["d", "dismiss it", "[data-cards]"], ["r", "restore it, or take an edit back", "[data-cards]"],
  ["0–4", "choose a step of the rubric in focus", "[data-rubric]"], ["/", "search"], ["?", "this help"], ["Esc", "close, leave a field"],
];
const typing = (target) => target.closest?.('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]');
const list = () => document.querySelector("[data-queue], [data-cards]");
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility?.() ?? true);
const current = () => document.querySelector("[data-row].is-current");

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  makeCurrent(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))], true);
}

function makeCurrent(row, focus) {
  const before = current();
  if (before && before !== row) mark(before, false);
  mark(row, true);
  if (!focus) return;
  (row.querySelector("[data-open]") ?? row.querySelector("a, button"))?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest", behavior: "instant" });
}

function mark(row, on) {
  row.classList.toggle("is-current", on);
  const passage = row.dataset.passage && document.getElementById(row.dataset.passage);
  passage?.classList.toggle("is-current", on);
  if (on && passage) passage.scrollIntoView({ block: "nearest", behavior: "instant" });
}

const box = (row) => row?.querySelector('input[type="checkbox"][data-pick]');
function select() {
  const pick = box(current());
  if (pick) { pick.checked = !pick.checked; pick.dispatchEvent(new Event("change", { bubbles: true })); }
}

function assign() {
  const pick = box(current());
  if (pick && !document.querySelector("[data-pick]:checked")) select();
  document.querySelector("[data-assign]")?.focus();
}

function press(letter) {
  const control = current()?.querySelector(`[data-key="${CSS.escape(letter)}"]`);
  for (let around = control?.parentElement.closest("details"); around; around = around.parentElement.closest("details")) {
    if (around !== control.parentElement) around.open = true;
  }
  control?.click();
  if (control?.matches("summary")) control.parentElement.querySelector('[open] > * :is(input:not([type="hidden"]), select)')?.focus();
  return Boolean(control);
}

function grade(target, digit) {
  const radio = target.closest?.("[data-rubric]")?.querySelector(`input[value="${digit}"]`);
  if (!radio) return false;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function help() {
  let dialog = document.getElementById("key-help");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.id = "key-help";
    dialog.className = "help";
    dialog.setAttribute("aria-labelledby", "key-help-title");
    const title = Object.assign(document.createElement("h2"), { id: "key-help-title", textContent: "Keys" });
    const words = document.createElement("dl");
    for (const [keys, meaning, where] of HELP) {
      if (where && !document.querySelector(where)) continue;
      const term = document.createElement("dt");
      term.append(...keys.split("  ").flatMap((key) => [Object.assign(document.createElement("kbd"), { textContent: key }), " "]));
      words.append(term, Object.assign(document.createElement("dd"), { textContent: meaning }));
    }
    const form = Object.assign(document.createElement("form"), { method: "dialog" });
    form.append(Object.assign(document.createElement("button"), { className: "button", textContent: "Close" }));
    dialog.append(title, words, form);
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
}

const KEYS = { j: () => move(1), k: () => move(-1), x: select, a: assign, "?": help };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (typing(event.target)) { if (event.key === "Escape") event.target.blur(); return; }
  if (/^[0-4]$/.test(event.key) && grade(event.target, event.key)) { event.preventDefault(); return; }
  if (event.key === "/") { event.preventDefault(); document.querySelector("[data-search]")?.focus(); return; }
  if (event.key === "?") { event.preventDefault(); help(); return; }
  if (!list()) return;
  if (event.key === "Enter" && event.target === document.body) { current()?.querySelector("[data-open]")?.click(); return; }
  if (event.key.length === 1 && press(event.key)) { event.preventDefault(); return; }
  if (event.key in KEYS) { event.preventDefault(); KEYS[event.key](); }
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-row]");
  if (row) makeCurrent(row, false);
});

// The bar for the selection, and the box that selects all.
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-pick-all]")) {
    for (const pick of document.querySelectorAll("[data-pick]")) pick.checked = event.target.checked;
  }
  if (event.target.matches?.("[data-pick-all], [data-pick]")) showBulk();
});

function showBulk() {
  const bar = document.querySelector("[data-bulk]");
  if (!bar) return;
  const count = document.querySelectorAll("[data-pick]:checked").length;
  bar.classList.toggle("is-active", count > 0);
  const words = bar.querySelector("[data-bulk-count]");
  if (words) words.textContent = `${count} selected`;
}
showBulk();
