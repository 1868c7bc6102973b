// time[data-relative]: "12 min ago" grows older while the page stays open. Older than a day: as the server wrote it.
const MINUTE = 60_000, HOUR = 3_600_000, DAY = 86_400_000;
const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: "short" });

export function refresh(now = Date.now()) {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const age = now - Date.parse(time.dateTime);
    if (!(age >= MINUTE && age < DAY)) continue;
    time.textContent = age < HOUR
      ? format.format(-Math.floor(age / MINUTE), "minute")
      : format.format(-Math.floor(age / HOUR), "hour");
  }
}

setInterval(() => { if (!document.hidden) refresh(); }, MINUTE);
