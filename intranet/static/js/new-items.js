// "3 new posts", "2 new comments": a button says so; only pressing it inserts them. Nothing moves by itself.
import { announce } from "@/announce";
import { ask, since, talks, timeline } from "@/live";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

function button(place, html, press) {
  const old = place.querySelector(":scope > .new-posts");
  if (!html) return old?.remove();
  const fresh = parse(html).querySelector("button");
  if (old?.textContent.trim() === fresh.textContent.trim()) return;
  fresh.addEventListener("click", press);
  const focused = old && document.activeElement === old;
  if (old) old.replaceWith(fresh);
  else place.prepend(fresh);
  if (focused) fresh.focus({ preventScroll: true });
  announce(fresh.textContent.trim());
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

async function get(url) {
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return { content: parse(await answer.text()), until: answer.headers.get("X-Until") };
}

async function posts(event) {
  const feed = timeline();
  const query = new URLSearchParams({ stream: feed.dataset.stream, since: since.posts || event.currentTarget.dataset.since });
  const pressed = event.currentTarget;
  const { content, until } = await get(`/feed/new/?${query}`);
  const fresh = [...content.querySelectorAll("article.post")].filter((one) => !document.getElementById(one.id));
  since.posts = until || since.posts;
  pressed.remove();
  feed.querySelector(":scope > .empty")?.remove();
  const gap = content.querySelector(".gap"); // more came than are shown at once: between these and what was there
  feed.prepend(...fresh, ...(gap ? [gap] : []));
  settle(fresh);
  if (gap) window.htmx?.process(gap);
}

async function comments(list, event) {
  const pressed = event.currentTarget, pk = list.dataset.talk;
  const { content, until } = await get(`/posts/${pk}/new/?${new URLSearchParams({ since: since.talks[pk] || pressed.dataset.since })}`);
  since.talks[pk] = until || since.talks[pk];
  pressed.remove();
  const fresh = [...content.querySelectorAll("li.is-new")].filter((one) => !document.getElementById(one.querySelector("article").id));
  for (const one of fresh) {
    const below = document.getElementById(`replies-${one.dataset.root}`);
    if (below) below.append(one);
    else if (list.dataset.sort === "newest") list.prepend(one);
    else list.append(one);
  }
  list.parentElement.querySelector(":scope > .quiet")?.remove();
  settle(fresh);
}

function settle(fresh) {
  for (const one of fresh) window.htmx?.process(one);
  const first = fresh[0]?.matches("article") ? fresh[0] : fresh[0]?.querySelector("article");
  if (first) {
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "nearest" });
  }
  document.dispatchEvent(new CustomEvent("live:inserted"));
  ask(500);
}

document.addEventListener("live:state", ({ detail }) => {
  if (timeline()) button(timeline(), detail.posts, posts);
  for (const list of talks()) button(list.parentElement, detail.talks[list.dataset.talk], (event) => comments(list, event));
});
