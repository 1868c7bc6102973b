// details.menu: one open at a time; Escape, a click elsewhere or leaving with Tab closes; Escape returns the focus.
const opened = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of opened()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});

function closeOthers(event) {
  for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
}

document.addEventListener("click", closeOthers);
document.addEventListener("focusin", closeOthers);

// [data-closes]: a choice after which there is nothing more to do in the menu.
document.addEventListener("htmx:afterRequest", ({ detail: { elt, successful } }) => {
  const menu = successful && elt.matches("[data-closes]") && elt.closest("details.menu");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
