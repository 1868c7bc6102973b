// <org-tree>: the nested lists of the organisation chart by keyboard, as a tree (WAI-ARIA): arrows, Home, End, Enter,
// the first letter. Opening asks the server once (htmx); without this module everything is a link.
const rows = (item) => item.querySelector(":scope > .org-row");
const group = (item) => item.querySelector(":scope > ul");
const link = (item) => item.querySelector("a");
const opener = (item) => rows(item)?.querySelector("[data-org=open]");

class OrgTree extends HTMLElement {
  connectedCallback() {
    this.tree = this.querySelector(".org");
    if (!this.tree) return;
    this.tree.setAttribute("role", "tree");
    this.tree.setAttribute("aria-label", this.dataset.label);
    this.mark();
    const current = this.querySelector("[aria-current]")?.closest("li") ?? this.tree.firstElementChild;
    this.stop(current);
    this.addEventListener("keydown", this);
    this.addEventListener("focusin", this);
    this.addEventListener("click", this);
    this.addEventListener("htmx:beforeRequest", this);
    this.addEventListener("htmx:afterSettle", this);
  }

  handleEvent(event) {
    const item = event.target.closest?.("li");
    if (event.type === "keydown") return this.press(event, item);
    if (event.type === "focusin") return item && this.stop(item);
    if (event.type === "click") return this.click(event, item);
    if (event.type === "htmx:beforeRequest") return this.asked(event);
    this.came();
  }

  // Roles for what is there now; called again after more has come.
  mark() {
    for (const list of this.tree.querySelectorAll("ul")) list.setAttribute("role", "group");
    for (const item of this.tree.querySelectorAll("li")) {
      item.setAttribute("role", "treeitem");
      item.tabIndex = item === this.at ? 0 : -1;
      for (const each of item.querySelectorAll(":scope > .org-row a, :scope > a")) each.tabIndex = -1;
      const has = group(item) || opener(item);
      if (has) item.setAttribute("aria-expanded", String(Boolean(group(item)) && !group(item).hidden));
      const name = item.querySelector(".org-node > span:not(.face), .org-more");
      const below = rows(item)?.querySelector(".org-below");
      item.setAttribute("aria-label", [name, below].filter(Boolean).map((one) => one.innerText.trim().replace(/\s*\n\s*/g, ", ")).join(", "));
      if (item.querySelector(":scope > .org-row > [aria-current]")) item.setAttribute("aria-current", "true");
    }
  }

  stop(item) {
    if (this.at && this.at !== item) this.at.tabIndex = -1;
    this.at = item;
    item.tabIndex = 0;
  }

  go(item) {
    if (!item) return;
    this.stop(item);
    item.focus();
  }

  shown() {
    return [...this.tree.querySelectorAll("li")].filter((item) => !item.closest("ul[hidden]"));
  }

  press(event, item) {
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = this.shown(), place = all.indexOf(item), isOpen = group(item) && !group(item).hidden;
    const act = {
      ArrowDown: () => this.go(all[place + 1]),
      ArrowUp: () => this.go(all[place - 1]),
      Home: () => this.go(all[0]),
      End: () => this.go(all.at(-1)),
      ArrowRight: () => (isOpen ? this.go(group(item).firstElementChild) : this.open(item)),
      ArrowLeft: () => (isOpen ? this.fold(item, true) : this.go(item.parentElement.closest("li"))),
      Enter: () => link(item).click(),
      " ": () => (isOpen ? this.fold(item, true) : this.open(item)),
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    } else if (event.key.length === 1) {
      const letter = event.key.toLowerCase();
      this.go([...all.slice(place + 1), ...all.slice(0, place)].find((one) => one.getAttribute("aria-label").toLowerCase().startsWith(letter)));
    }
  }

  open(item) {
    if (group(item)) this.fold(item, false);
    else opener(item)?.click();
  }

  fold(item, away) {
    group(item).hidden = away;
    item.setAttribute("aria-expanded", String(!away));
  }

  // The number beside a person opens and folds; the person's own link is a link.
  click(event, item) {
    if (!event.target.closest("[data-org=open]") || !group(item)) return;
    event.preventDefault();
    event.stopPropagation();
    this.fold(item, !group(item).hidden);
  }

  asked(event) {
    const item = event.target.closest("li");
    if (event.target.dataset.org === "open" && group(item)) return event.preventDefault(); // it is there already
    const beside = item.previousElementSibling;
    if (event.target.dataset.org === "rest") this.after = { list: item.parentElement, beside };
  }

  came() {
    const { list, beside } = this.after ?? {};
    this.after = null;
    this.mark();
    if (list) this.go(beside ? beside.nextElementSibling : list.firstElementChild);
  }
}

customElements.define("org-tree", OrgTree);
