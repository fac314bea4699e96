// Nothing typed is lost. <form data-autosave="/where"> saves its draft a moment after typing stops and says so in its
// [data-saved]; it and every <form data-keep="name"> keep a copy in this tab, put back when the page comes again empty.
const WAIT = 900;
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const unkept = (field) => !field.name || ["password", "file", "hidden", "submit", "button"].includes(field.type);
const keyOf = (form) => `draft:${form.dataset.keep || form.dataset.autosave}`;

function keep(form) {
  const typed = {};
  for (const field of form.elements) {
    if (unkept(field)) continue;
    if (field.type === "radio" || field.type === "checkbox") { if (field.checked) (typed[field.name] ??= []).push(field.value); }
    else typed[field.name] = [field.value];
  }
  try { sessionStorage.setItem(keyOf(form), JSON.stringify(typed)); } catch { /* full or forbidden: the server still saves */ }
}

function putBack(form) {
  let typed;
  try { typed = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null"); } catch { return false; }
  if (!typed || form.querySelector("[aria-invalid]")) return false;
  let changed = false;
  for (const field of form.elements) {
    const values = typed[field.name];
    if (unkept(field) || !values) continue;
    if (field.type === "radio" || field.type === "checkbox") {
      const on = values.includes(field.value);
      if (on !== field.checked && !field.defaultChecked) { field.checked = on; changed ||= on; }
    } else if (!field.value && values[0]) { field.value = values[0]; changed = true; }
  }
  return changed;
}

function say(form, words, failed = false) {
  const place = form.querySelector("[data-saved]");
  if (!place) return;
  place.textContent = words;
  place.classList.toggle("saved--failed", failed);
}

async function save(form) {
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST", body: new FormData(form), headers: { "X-Requested-With": "autosave" }, credentials: "same-origin", redirect: "error",
    });
    if (!answer.ok) throw new Error(String(answer.status));
    say(form, `Saved ${clock.format(new Date())}`);
  } catch {
    say(form, "Not saved yet: kept in this tab, trying again when you type.", true);
  }
}

function sent(form) {
  try { sessionStorage.setItem("sent", keyOf(form)); } catch { /* then the copy is offered once more, no harm */ }
}

// The page after a sent form: its copy goes, unless the desk refused it or asked who this is.
function forget() {
  const key = sessionStorage.getItem("sent");
  sessionStorage.removeItem("sent");
  const taken = document.querySelector(".account") && !document.querySelector(".form-errors, .error-page, [data-unsent]");
  if (key && taken) sessionStorage.removeItem(key);
}

try { forget(); } catch { /* storage forbidden: nothing was kept */ }
for (const form of document.querySelectorAll("form[data-autosave], form[data-keep]")) {
  if (putBack(form)) say(form, "What you typed before is back.");
  let timer = 0;
  const changed = () => {
    keep(form);
    if (!form.dataset.autosave) return;
    clearTimeout(timer);
    say(form, "Saving…");
    timer = setTimeout(save, WAIT, form);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => { clearTimeout(timer); sent(form); });
}
