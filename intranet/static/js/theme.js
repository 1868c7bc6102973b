// <theme-switch>: shows the chosen appearance at once, stores it in the background, goes back if that fails.
import { toast } from "@/toast";

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      if (!event.submitter) return;
      event.preventDefault();
      this.choose(event.target, event.submitter);
    });
  }

  async choose(form, button) {
    const before = document.documentElement.dataset.theme;
    this.show(button.value);
    const data = new FormData(form, button);
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "HX-Request": "true" } }).catch(() => null);
    if (answer?.ok) return;
    this.show(before);
    toast(form.dataset.failed);
  }

  show(theme) {
    document.documentElement.dataset.theme = theme;
    for (const button of document.querySelectorAll("theme-switch button[name=theme]")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
  }
}

customElements.define("theme-switch", ThemeSwitch);
