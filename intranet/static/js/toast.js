// A short message at the bottom; with `undo` a button for ten seconds. The server sends one with HX-Trigger: {"toast": {…}}.
import { announce, word } from "@/announce";

const SECONDS = 10;
const area = document.getElementById("toasts");

export function toast(text, undo) {
  const box = document.createElement("div");
  box.className = "toast";
  box.append(text);
  if (undo) box.append(undoButton(undo, box));
  area.append(box);
  announce(text);
  closeLater(box);
}

function undoButton({ url, label }, box) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label || word("undo");
  button.addEventListener("click", () => {
    box.remove();
    window.htmx.ajax("POST", url, { source: document.body, swap: "none" });
  });
  return button;
}

function closeLater(box) {
  let timer = setTimeout(() => box.remove(), SECONDS * 1000);
  const hold = () => clearTimeout(timer);
  const go = () => { hold(); timer = setTimeout(() => box.remove(), SECONDS * 1000); };
  box.addEventListener("pointerenter", hold);
  box.addEventListener("focusin", hold);
  box.addEventListener("pointerleave", go);
  box.addEventListener("focusout", go);
}

document.addEventListener("toast", (event) => {
  const { message, undo_url: url, undo_label: label } = event.detail;
  toast(message, url ? { url, label } : undefined);
});
