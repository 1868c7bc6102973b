// What happened elsewhere: server-sent events say that something did, one request asks what, others show it.
// Where streams are not to be had (no event loop, a proxy, an error) the page asks every half minute.
const HIDDEN = 60_000, POLL = 30_000, AGAIN = 300_000, SPREAD = 800;
const user = document.documentElement.dataset.user;
const isFirstPage = !new URLSearchParams(location.search).has("after");
export const since = { posts: "", talks: {} };
let source = null, asked = "", tag = "", born = "", timer = 0, poll = 0, leaving = 0, refusedAt = 0, stopped = !user;

export const timeline = () => (isFirstPage ? document.querySelector("#timeline[data-stream]") : null);
export const talks = () => [...document.querySelectorAll("[data-talk]")];

function interest() {
  const query = new URLSearchParams();
  if (timeline()) query.append("stream", timeline().dataset.stream);
  const shown = [...document.querySelectorAll("[data-post], [data-talk]")].map((one) => one.dataset.post ?? one.dataset.talk);
  for (const pk of [...new Set(shown)].slice(0, 200)) query.append("post", pk);
  return query;
}

function question() {
  const query = interest();
  if (born) {
    query.append("since", since.posts || born);
    for (const one of talks()) query.append("talk", `${one.dataset.talk}@${since.talks[one.dataset.talk] ?? born}`);
  }
  return query;
}

// When this page was answered, by the server's clock.
function birth(now) {
  const [entry] = performance.getEntriesByType("navigation");
  return new Date(Date.parse(now) - (performance.now() - (entry?.responseStart ?? 0))).toISOString().replace("Z", "+00:00");
}

export function ask(delay = 0) {
  if (!timer && !stopped) timer = setTimeout(run, delay);
}

async function run() {
  try {
    const answer = await fetch(`/live/state/?${question()}`, { headers: tag ? { "If-None-Match": tag } : {} });
    timer = 0;
    if (answer.status === 401 || answer.redirected) return stop(); // to the sign-in
    if (!answer.ok) return;
    const state = await answer.json();
    tag = born ? answer.headers.get("ETag") : "";
    if (!born) {
      born = birth(answer.headers.get("X-Now"));
      ask();
    }
    document.dispatchEvent(new CustomEvent("live:state", { detail: state }));
  } catch {
    timer = 0; // offline: the next event or the next half minute asks again
  }
}

function stop() {
  stopped = true;
  close();
  clearInterval(poll);
}

function close() {
  source?.close();
  source = null;
}

function open() {
  close();
  if (stopped || document.hidden) return;
  asked = interest().toString();
  source = new EventSource(`/live/?${asked}`);
  source.onopen = () => { clearInterval(poll); poll = 0; ask(); };
  source.onmessage = (event) => ask(event.data === "bell" ? 0 : Math.random() * SPREAD);
  source.onerror = () => { if (source?.readyState === EventSource.CLOSED) fallBack(); };
  source.addEventListener("end", (event) => {
    fallBack();
    if (event.data === "ended") { ask(); setTimeout(open, 1500); } // signed out: the answer is the sign-in and stops all
  });
}

function fallBack() {
  close();
  refusedAt = Date.now();
  poll ||= setInterval(() => {
    if (document.hidden) return;
    ask();
    if (Date.now() - refusedAt > AGAIN) open();
  }, POLL);
}

// What the page shows has changed: listen to that.
function follow() {
  const shown = interest().toString();
  if (source && shown !== asked) { asked = shown; setTimeout(() => source && open(), 1000); }
}

document.addEventListener("htmx:afterSettle", follow);
document.addEventListener("live:inserted", follow);
document.addEventListener("visibilitychange", () => {
  clearTimeout(leaving);
  if (document.hidden) leaving = setTimeout(close, HIDDEN);
  else if (source) ask();
  else if (poll) { ask(); open(); }
  else open();
});
addEventListener("pagehide", close);
addEventListener("pageshow", (event) => { if (event.persisted) open(); });
if (!stopped) open();
