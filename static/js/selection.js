// The reading room: text selected in [data-reading] becomes an assertion made by hand. The first and last code point go
// into form[data-selection], which a button beside the selection sends. Runs of text carry their offset in data-start;
// a .control-mark stands for one code point, a .passage__number for none.
const room = document.querySelector("[data-reading]");
const form = document.querySelector("form[data-selection]");

function counted(part) {
  for (const mark of part.querySelectorAll(".control-mark")) mark.replaceWith("\uFFFC");
  for (const note of part.querySelectorAll(".passage__number")) note.remove();
  return [...part.textContent].length;
}

// The code point before which (container, at) lies: in its own run, or at the end of the last run before it.
function offset(container, at) {
  const point = document.createRange();
  point.setStart(container, at);
  let found = null;
  for (const run of room.querySelectorAll("[data-start]")) {
    const whole = document.createRange();
    whole.selectNodeContents(run);
    if (whole.compareBoundaryPoints(Range.START_TO_START, point) > 0) break;
    if (point.compareBoundaryPoints(Range.START_TO_START, whole) >= 0 && run.contains(container)) whole.setEnd(container, at);
    found = Number(run.dataset.start) + counted(whole.cloneContents());
  }
  return found;
}

function button() {
  let made = room.querySelector(".selection-button");
  if (!made) {
    made = Object.assign(document.createElement("button"), { type: "button", className: "button button--primary button--small selection-button", textContent: "Make an assertion" });
    made.addEventListener("click", () => form.requestSubmit());
    room.append(made);
  }
  return made;
}

function take() {
  const chosen = getSelection();
  const inside = chosen && !chosen.isCollapsed && room.contains(chosen.anchorNode) && room.contains(chosen.focusNode);
  const range = inside ? chosen.getRangeAt(0) : null;
  const start = range && offset(range.startContainer, range.startOffset);
  const end = range && offset(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) { room.querySelector(".selection-button")?.remove(); return; }
  form.elements.start.value = start;
  form.elements.end.value = end;
  if (form.elements.passage) form.elements.passage.value = "";
  const [box, frame] = [range.getBoundingClientRect(), room.getBoundingClientRect()];
  const shown = button();
  shown.style.top = `${box.bottom - frame.top + 6}px`;
  shown.style.left = `${Math.max(0, Math.min(box.left - frame.left, frame.width - shown.offsetWidth))}px`;
}

if (room && form) {
  document.addEventListener("pointerup", (event) => event.target.closest?.(".selection-button") || setTimeout(take));
  document.addEventListener("keyup", (event) => (event.shiftKey || event.key === "Shift") && take());
}
