// <reaction-bar> around a form with data-hx-post: the stance flips at once, and back with a toast if the server refuses.
// Buttons: name=kind, aria-pressed, count in .num. The answer replaces the bar, so the server has the last word.
import { toast } from "@/toast";
import { word } from "@/announce";

class ReactionBar extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:beforeRequest", (event) => this.flip(event.detail.requestConfig.triggeringEvent?.submitter));
    this.addEventListener("htmx:responseError", (event) => this.back(event));
    this.addEventListener("htmx:sendError", (event) => this.back(event));
  }

  flip(button) {
    if (!button || button.name !== "kind") return;
    this.before = [...this.querySelectorAll("button[name=kind]")].map((one) => [one, one.getAttribute("aria-pressed"), count(one)]);
    const was = button.getAttribute("aria-pressed") === "true";
    for (const [one, pressed, number] of this.before) {
      if (pressed === "true") set(one, false, number - 1);
    }
    if (!was) set(button, true, count(button) + 1);
  }

  back(event) {
    for (const [one, pressed, number] of this.before ?? []) set(one, pressed === "true", number);
    this.before = null;
    if (event.detail.xhr?.status === 401) return;
    event.stopPropagation();
    toast(word(event.type === "htmx:sendError" ? "offline" : "failed"));
  }
}

const count = (button) => Number(button.querySelector(".num")?.dataset.count ?? 0);

function set(button, pressed, number) {
  button.setAttribute("aria-pressed", String(pressed));
  const place = button.querySelector(".num");
  if (!place) return;
  place.dataset.count = number;
  place.textContent = number > 0 ? number.toLocaleString(document.documentElement.lang) : "";
}

customElements.define("reaction-bar", ReactionBar);
