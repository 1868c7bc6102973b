// [data-emoji="address of the names" data-locale]: opens the emoji picker beside the text. Nothing of it is loaded
// before the first press.
let open = null;

function close(focus) {
  if (!open) return;
  const { button, box } = open;
  open = null;
  box.remove();
  button.setAttribute("aria-expanded", "false");
  if (focus) button.focus();
}

function insert(field, text) {
  field.focus();
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function show(button) {
  button.setAttribute("aria-busy", "true");
  const { locale } = button.dataset;
  const [{ default: Picker }, { default: i18n }] = await Promise.all([import("emoji-picker"), import(`emoji-words/${locale}`)]);
  button.removeAttribute("aria-busy");
  close(false);
  const box = document.createElement("div");
  box.className = "emoji-box";
  const picker = new Picker({ locale, i18n, dataSource: button.dataset.emoji });
  const { theme } = document.documentElement.dataset;
  if (theme === "light" || theme === "dark") picker.className = theme;
  box.append(picker);
  button.closest(".toolbar").after(box);
  button.setAttribute("aria-expanded", "true");
  open = { button, box };
  picker.addEventListener("emoji-click", ({ detail }) => {
    const field = button.closest("text-composer").querySelector("textarea");
    close(false);
    if (detail.unicode) insert(field, detail.unicode);
  });
  customElements.whenDefined("emoji-picker").then(() => setTimeout(() => picker.shadowRoot.querySelector("input.search")?.focus(), 50));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-emoji]");
  if (button) return open?.button === button ? close(true) : show(button);
  if (open && !event.composedPath().includes(open.box)) close(false);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !open) return;
  event.stopPropagation();
  close(true);
}, true);
