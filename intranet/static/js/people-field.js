// <people-field data-name data-url data-many data-remove="Remove {name}" data-names>: one text input that names people
// by handle. `data-names`: what those are called who stand in it already, {"handle": "name"}.
// With JavaScript whoever is chosen stands as a chip before it; what is typed and not chosen is sent as it is.
import { announce } from "@/announce";
import { Options } from "@/options";

class PeopleField extends HTMLElement {
  connectedCallback() {
    if (this.field) return;
    this.field = this.querySelector("input");
    this.many = "many" in this.dataset;
    this.rest = hidden(this.dataset.name, "");
    this.field.removeAttribute("name");
    this.field.setAttribute("role", "combobox");
    this.field.setAttribute("aria-expanded", "false");
    this.append(this.rest);
    // a name that was refused stays as typed, to be mended
    if (this.field.getAttribute("aria-invalid") === "true") this.keepRest();
    else this.fill(this.many ? this.field.value.split(",") : [this.field.value]);
    this.options = new Options(this.field, (option) => this.take(option));
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("click", (event) => this.drop(event.target.closest("button")?.closest(".chip")));
    this.closest("form").addEventListener("reset", () => setTimeout(() => this.fill([])));
  }

  get chips() { return [...this.querySelectorAll(".chip")]; }

  fill(values) {
    for (const chip of this.chips) chip.remove();
    this.field.value = "";
    this.keepRest();
    for (const value of values) {
      const name = value.trim().replace(/^@/, "");
      if (name) this.add(name, this.label(name));
    }
    this.field.hidden = !this.many && this.chips.length > 0;
  }

  label(name) {
    const known = JSON.parse(this.dataset.names || "{}")[name];
    return known ?? (/^[a-z0-9.-]+$/.test(name) ? `@${name}` : name);
  }

  // What is typed and not chosen; sent only if there is something, because the last one of a name counts.
  keepRest() {
    this.rest.value = this.field.value;
    this.rest.disabled = !this.field.value.trim();
  }

  typed() {
    this.keepRest();
    const url = new URL(this.dataset.url, location.href);
    const typed = this.field.value.trim();
    url.searchParams.set("q", typed);
    const audience = this.closest("form").elements.audience?.value;
    if (audience) url.searchParams.set("audience", audience);
    this.options.ask(typed ? url.href : null);
  }

  take(option) {
    this.add(option.dataset.value, option.dataset.label);
    this.field.value = "";
    this.keepRest();
    this.field.hidden = !this.many;
    (this.many ? this.field : this.chips.at(-1).querySelector("button")).focus();
    announce(option.dataset.label);
    this.changed();
  }

  add(value, label) {
    if (this.chips.some((chip) => chip.dataset.value === value)) return;
    const chip = document.createElement("span");
    chip.className = "chip";
    chip.dataset.value = value;
    const name = document.createElement("bdi");
    name.textContent = label;
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", this.dataset.remove.replace("{name}", label));
    button.textContent = "×";
    chip.append(name, button, hidden(this.dataset.name, value));
    this.field.before(chip);
  }

  drop(chip) {
    if (!chip) return;
    chip.remove();
    this.field.hidden = false;
    this.field.focus();
    this.changed();
  }

  key(event) {
    if (event.key === "Backspace" && !this.field.value) this.drop(this.chips.at(-1));
    else if (event.key === "," && this.many && this.field.value.trim()) {
      event.preventDefault();
      this.add(this.field.value.trim().replace(/^@/, ""), this.field.value.trim());
      this.field.value = "";
      this.keepRest();
      this.options.close();
      this.changed();
    }
  }

  changed() {
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

customElements.define("people-field", PeopleField);
