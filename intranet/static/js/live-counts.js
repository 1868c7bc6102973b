// Numbers in place: the bell, the page's title, reactions and replies of what is shown.
const say = (number) => number.toLocaleString(document.documentElement.lang);

function bell({ unread, bell: words }) {
  document.title = (unread ? `(${unread}) ` : "") + document.title.replace(/^\(\d+\) /, "");
  for (const link of document.querySelectorAll("[data-bell]")) {
    link.querySelector(".vh").textContent = words;
    let count = link.querySelector(".count");
    if (!unread) { count?.remove(); continue; }
    if (!count) {
      count = Object.assign(document.createElement("span"), { className: "count", ariaHidden: "true" });
      link.append(count);
    }
    count.textContent = unread > 99 ? "99+" : say(unread);
  }
}

function reactions(pk, kinds) {
  for (const form of document.querySelectorAll(`reaction-bar form[action="/posts/${pk}/react/"]`)) {
    if (form.querySelector("input[name=comment]") || form.classList.contains("htmx-request")) continue;
    for (const place of form.querySelectorAll("button[name=kind] .num")) {
      const number = kinds[place.closest("button").value] ?? 0;
      place.dataset.count = number;
      place.textContent = number ? say(number) : "";
    }
  }
}

// "1 reply", "2 replies": the words follow the number, the icon stays.
function replies(link, number, words) {
  if (!link || link.querySelector(".num")?.textContent === say(number)) return;
  for (const node of [...link.childNodes]) if (node.nodeName.toLowerCase() !== "svg") node.remove();
  link.insertAdjacentHTML("beforeend", words);
}

document.addEventListener("live:state", ({ detail }) => {
  bell(detail);
  for (const [pk, { comments, replies: words, reactions: kinds }] of Object.entries(detail.counts)) {
    reactions(pk, kinds);
    replies(document.getElementById(`replies-p${pk}`), comments, words);
  }
});
