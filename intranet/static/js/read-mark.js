// How far I have read this stream, told to the server when I leave: found again on every device.
import { csrfToken } from "@/session";

const feed = document.querySelector("#timeline[data-stream]");
let newest = "", sent = "";

if (feed && document.documentElement.dataset.user) {
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting && target.dataset.published > newest) newest = target.dataset.published;
    }
  });
  const watch = () => { for (const one of feed.querySelectorAll("article[data-published]")) seen.observe(one); };
  watch();
  document.addEventListener("live:inserted", watch);
  document.addEventListener("htmx:afterSettle", watch);
  const tell = () => {
    if (!newest || newest === sent) return;
    sent = newest;
    const form = new FormData();
    for (const [name, value] of [["stream", feed.dataset.stream], ["since", newest], ["csrfmiddlewaretoken", csrfToken()]]) form.append(name, value);
    navigator.sendBeacon("/feed/read/", form);
  };
  document.addEventListener("visibilitychange", () => { if (document.hidden) tell(); });
  addEventListener("pagehide", tell);
}
