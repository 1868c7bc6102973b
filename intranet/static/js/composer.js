// <text-composer>: formatting, preview, characters left, Ctrl+Enter and the draft, for one form with one textarea.
// data-place, data-draft (URL), data-preview (URL), data-whole (the draft holds every field), data-collapse (one line
// until somebody comes); inside: [data-mark], [data-view], .left, .draft-state.
import { announce, word } from "@/announce";
import { DraftKeeper } from "@/draft";
import { fieldsOf, fillIn } from "@/form-fields";
import { KEYS, mark } from "@/markdown-keys";
import { csrfToken, isSignIn } from "@/session";

class TextComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.field = this.querySelector("textarea");
    for (const part of this.querySelectorAll("[data-enhanced]")) part.hidden = false;
    this.stateLine = this.querySelector(".draft-state");
    this.keeper = this.dataset.draft && new DraftKeeper({
      url: this.dataset.draft, place: this.dataset.place, read: () => this.read(), state: (name) => this.state(name),
      fields: "whole" in this.dataset && ((kept) => JSON.parse(kept)),
    });
    this.recover();
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.changed());
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("click", (event) => this.click(event));
    this.addEventListener("htmx:beforeOnLoad", (event) => this.accepted(event) && this.keeper?.sent());
    this.addEventListener("htmx:afterRequest", (event) => this.answered(event));
    this.changed();
    this.collapse();
  }

  // One line until somebody comes: by focus, by a link to it, or with a text.
  collapse() {
    if (!("collapse" in this.dataset) || this.field.value.trim() || this.contains(document.activeElement)) return;
    if (location.hash === "#composer") return this.field.focus();
    this.classList.add("is-closed");
    this.addEventListener("focusin", () => this.classList.remove("is-closed"));
  }

  // What a draft keeps, as one string.
  read() {
    if (!("whole" in this.dataset)) return this.field.value;
    return JSON.stringify({ body: this.field.value, data: fieldsOf(this.form) });
  }

  disconnectedCallback() {
    this.keeper?.end();
  }

  // What this device kept because the network was gone comes back into an empty form.
  recover() {
    const kept = this.keeper?.local();
    if (!kept || this.field.value.trim()) return;
    if ("whole" in this.dataset) fillIn(this.form, this.field, kept);
    else this.field.value = kept;
    this.state("restored");
  }

  changed() {
    const left = Number(this.field.dataset.most || this.field.maxLength) - [...this.field.value].length;
    const place = this.querySelector(".left");
    if (place) {
      place.textContent = left <= 500 ? (left < 0 && place.dataset.over || place.dataset.text).replace("{n}", Math.abs(left)) : "";
      place.classList.toggle("low", left < 40);
    }
    const kind = this.form.querySelector("input[name=kind]:checked")?.value;
    const asked = kind && this.field.getAttribute(`data-for-${kind}`);
    if (asked) this.field.placeholder = asked;
    this.keeper?.touched();
  }

  state(name) {
    if (this.stateLine) this.stateLine.textContent = this.stateLine.dataset[name] ?? "";
  }

  key(event) {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === "Enter") {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (command && !event.shiftKey && !event.altKey && event.target === this.field && KEYS[event.key]) {
      event.preventDefault();
      mark(this.field, KEYS[event.key]);
    } else if (["ArrowLeft", "ArrowRight"].includes(event.key) && event.target.matches(".toolbar .tool")) {
      this.walk(event.target, event.key === "ArrowRight" ? 1 : -1);
    }
  }

  walk(from, step) {
    const buttons = [...this.querySelectorAll(".toolbar .tool")];
    const next = buttons[(buttons.indexOf(from) + step + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }

  click(event) {
    const button = event.target.closest("[data-mark], [data-view]");
    if (!button) return;
    if (button.dataset.mark) mark(this.field, button.dataset.mark);
    else this.view(button.dataset.view);
  }

  async view(name) {
    const preview = this.querySelector(".preview");
    for (const button of this.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === name));
    this.field.hidden = name === "preview";
    preview.hidden = name !== "preview";
    if (name !== "preview") return this.field.focus();
    preview.setAttribute("aria-busy", "true");
    const answer = await fetch(this.dataset.preview, {
      method: "POST",
      body: new URLSearchParams({ body: this.field.value }),
      headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" },
    }).catch(() => null);
    preview.removeAttribute("aria-busy");
    if (answer?.ok && !answer.redirected) preview.innerHTML = await answer.text();
    else preview.textContent = word(answer ? "failed" : "offline");
    preview.focus();
  }

  // Whether the server took the text. A sign-in page is an answer too, but not to this. Asked before the swap as well,
  // because a form that the answer replaces must not keep its text as a draft.
  accepted({ detail: { elt, xhr } }) {
    return elt === this.form && xhr.status >= 200 && xhr.status < 400 && !isSignIn(xhr.responseURL);
  }

  // Sent: the form empties and keeps its place; a new key, so that the next text is a new comment.
  answered(event) {
    if (!this.accepted(event)) return;
    this.field.value = "";
    this.form.reset();
    for (const field of [this.field, ...this.form.querySelectorAll("[name=option], [name=pledge], [name=when]")]) field.value = "";
    const key = this.form.querySelector("input[name=key]");
    if (key) key.value = freshKey();
    this.keeper?.sent();
    if (this.field.hidden) this.view("write");
    this.changed();
    if (this.dataset.sent) announce(this.dataset.sent);
    this.dispatchEvent(new CustomEvent("composer:sent", { bubbles: true }));
  }
}

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

customElements.define("text-composer", TextComposer);
