// A list of options below a field (ARIA combobox with a listbox): asked from the server as <li role="option">.
// Arrow keys move, Enter and Tab take, Escape closes; the number of options is announced.
import { announce, word } from "@/announce";

const PAUSE = 120;
let last = 0;

export class Options {
  // pick(option): what happens with the chosen <li>
  constructor(field, pick) {
    Object.assign(this, { field, pick, at: -1 });
    this.list = document.createElement("ul");
    this.list.id = `options-${++last}`;
    this.list.className = "options";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.labels?.[0]?.textContent.trim() || field.ariaLabel || "");
    this.list.hidden = true;
    field.after(this.list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  get isOpen() { return !this.list.hidden; }
  get rows() { return [...this.list.children]; }

  ask(url) {
    clearTimeout(this.timer);
    this.asked = url;
    if (!url) return this.close();
    this.timer = setTimeout(() => this.load(url), PAUSE);
  }

  async load(url) {
    const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (this.asked !== url || document.activeElement !== this.field) return;
    if (!answer?.ok || answer.redirected) return this.close();
    this.list.innerHTML = await answer.text();
    if (!this.rows.length) {
      if (this.isOpen) announce(word("noSuggestions"));
      return this.close();
    }
    for (const [index, row] of this.rows.entries()) row.id = `${this.list.id}-${index}`;
    this.list.hidden = false;
    this.expanded(true);
    this.move(0);
    announce(word("suggestions").replace("{n}", this.rows.length));
  }

  expanded(is) {
    if (this.field.getAttribute("role") === "combobox") this.field.setAttribute("aria-expanded", String(is));
  }

  move(index) {
    const { rows } = this;
    this.at = (index + rows.length) % rows.length;
    for (const row of rows) row.setAttribute("aria-selected", String(row === rows[this.at]));
    this.field.setAttribute("aria-activedescendant", rows[this.at].id);
    rows[this.at].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (!this.isOpen || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") this.move(this.at + 1);
    else if (event.key === "ArrowUp") this.move(this.at - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) this.take(this.rows[this.at]);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  take(row) {
    if (!row) return;
    this.close();
    this.pick(row);
  }

  close() {
    clearTimeout(this.timer);
    this.asked = null;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.expanded(false);
    this.field.removeAttribute("aria-activedescendant");
  }
}
