// <search-box data-url>: the search field offers people, titles, communities and tags below it (@/options); Enter on the
// first option, or with the list closed, searches. The page's own box (data-main) offers nothing: its results follow.
// "/" focuses the box from anywhere outside of text fields.
import { Options } from "@/options";

class SearchBox extends HTMLElement {
  connectedCallback() {
    if (this.options || !this.dataset.url) return;
    this.field = this.querySelector("input");
    this.field.setAttribute("role", "combobox");
    this.field.setAttribute("aria-expanded", "false");
    this.options = new Options(this.field, (option) => this.take(option));
    this.field.addEventListener("input", () => this.typed());
  }

  typed() {
    const typed = this.field.value.trim();
    this.options.ask(typed.length > 1 ? `${this.dataset.url}?${new URLSearchParams({ q: typed })}` : null);
  }

  // The words may have grown since the options came: the first one searches for what stands in the field now.
  take(option) {
    if (option.dataset.url) location.assign(option.dataset.url);
    else this.field.form.requestSubmit();
  }
}

customElements.define("search-box", SearchBox);

// The address of results names only what narrows them.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.id !== "search") return;
  for (const [name, value] of [...detail.formData.entries()]) if (!value) detail.formData.delete(name);
});

function isTyping(target) {
  return target.isContentEditable || target.matches?.("input, textarea, select") || target.closest?.("dialog[open], emoji-picker");
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const fields = [...document.querySelectorAll("search-box[data-main] input, .masthead search-box input")];
  const field = fields.find((one) => one.offsetParent !== null);
  const link = document.querySelector(".masthead .find-link");
  if (!field && !link) return;
  event.preventDefault();
  if (field) {
    field.focus();
    field.select();
  } else link.click();
});
