// a[data-lightbox="group"]: shows the picture large, with description and credit (data-caption, data-credit) and its
// number; arrow keys, Home, End, buttons and swiping go through the group. The dialog keeps the focus and gives it back.
import { announce } from "@/announce";

const dialog = document.getElementById("lightbox");
const figure = dialog.querySelector("figure");
const count = dialog.querySelector(".lightbox-count");
const SWIPE = 48; // pixels
let group = [], at = 0, from = null;

function show(index) {
  at = (index + group.length) % group.length;
  const link = group[at];
  const picture = document.createElement("img");
  picture.src = link.href;
  picture.alt = link.querySelector("img")?.alt ?? link.dataset.caption ?? "";
  const caption = document.createElement("figcaption");
  caption.textContent = link.dataset.caption ?? "";
  if (link.dataset.credit) {
    const credit = document.createElement("small");
    credit.textContent = dialog.dataset.credit.replace("{name}", link.dataset.credit);
    caption.append(credit);
  }
  figure.replaceChildren(picture, caption);
  count.textContent = group.length > 1 ? dialog.dataset.count.replace("{n}", at + 1).replace("{all}", group.length) : "";
  for (const button of dialog.querySelectorAll("[data-step]")) button.hidden = group.length < 2;
}

function go(index) {
  if (group.length < 2) return;
  show(index);
  announce(`${count.textContent}: ${figure.textContent}`);
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
  if (step) go(at + Number(step.dataset.step));
  else if (event.target === dialog || event.target === figure) dialog.close();
});

dialog.addEventListener("keydown", (event) => {
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: group.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  go(to);
});

dialog.addEventListener("pointerdown", (event) => { from = event.isPrimary ? event.clientX : null; });
dialog.addEventListener("pointerup", (event) => {
  const moved = from === null ? 0 : event.clientX - from;
  from = null;
  if (Math.abs(moved) > SWIPE) go(at + (moved < 0 ? 1 : -1));
});
figure.addEventListener("dragstart", (event) => event.preventDefault());
