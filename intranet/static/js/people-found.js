// The list of people says its new number to screen readers when typing or a filter has changed it.
import { announce } from "@/announce";

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id === "found") announce(target.querySelector("h2").textContent);
});
