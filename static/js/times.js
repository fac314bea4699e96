// Every moment (the filter gives its UTC in the title) is shown in the reader's zone; the exact UTC stays in its title.
const long = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
for (const time of document.querySelectorAll('time[title$="UTC"]')) {
  const moment = new Date(time.dateTime);
  if (!Number.isNaN(moment.valueOf())) time.textContent = long.format(moment);
}
