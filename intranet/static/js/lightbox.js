// a[data-lightbox="group"]: shows the picture large, with its caption; arrow keys and buttons go through the group.
const dialog = document.getElementById("lightbox");
const figure = dialog.querySelector("figure");
let group = [], at = 0;

function show(index) {
  at = (index + group.length) % group.length;
  const link = group[at];
  const picture = document.createElement("img");
  picture.src = link.href;
  picture.alt = link.querySelector("img")?.alt ?? "";
  const caption = document.createElement("figcaption");
  caption.textContent = link.dataset.caption ?? "";
  figure.replaceChildren(picture, caption);
  for (const button of dialog.querySelectorAll("[data-step]")) button.hidden = group.length < 2;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-lightbox]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  group = [...document.querySelectorAll(`a[data-lightbox="${CSS.escape(link.dataset.lightbox)}"]`)];
  show(group.indexOf(link));
  dialog.showModal();
  dialog.addEventListener("close", () => link.focus(), { once: true });
});

dialog.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (step) show(at + Number(step.dataset.step));
  else if (event.target === dialog || event.target === figure) dialog.close();
});

dialog.addEventListener("keydown", (event) => {
  if (event.key === "ArrowRight") show(at + 1);
  if (event.key === "ArrowLeft") show(at - 1);
});
