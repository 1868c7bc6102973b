// Comment on a paragraph: selected words go along, the composer gets the focus, and the quotation goes after sending.
// The server finds the words in its own text; what is sent from here is only a hint where they stand.
const LINK = "a[data-cite]";

// Words selected inside one paragraph show its link and travel with it.
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const words = selection?.isCollapsed ? "" : selection?.toString().trim() ?? "";
  const para = words && closest(selection.anchorNode);
  const chosen = para && para === closest(selection.focusNode) ? para : null;
  for (const other of document.querySelectorAll(".para.is-selected")) {
    if (other !== chosen) release(other);
  }
  if (!chosen) return;
  chosen.classList.add("is-selected");
  chosen.querySelector(LINK)?.setAttribute("data-hx-vals", JSON.stringify({ words: words.slice(0, 500) }));
});

const closest = (node) => (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest(".para");

function release(para) {
  para.classList.remove("is-selected");
  // Not at once: a press on the link ends the selection before htmx reads the words.
  setTimeout(() => {
    if (!para.classList.contains("is-selected")) para.querySelector(LINK)?.removeAttribute("data-hx-vals");
  }, 600);
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "cite-slot") return;
  const form = document.getElementById("comment-form");
  form?.scrollIntoView({ block: "center" });
  form?.querySelector("textarea")?.focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-uncite]");
  if (!link) return;
  event.preventDefault();
  const form = link.closest("form");
  link.closest(".cited").remove();
  form?.querySelector("textarea")?.focus();
});

document.addEventListener("composer:sent", (event) => {
  event.target.querySelector?.(".cited")?.remove();
});
