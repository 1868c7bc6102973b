// <reply-form opener="id of the reply link">: one open at a time; Escape closes an empty one and returns the focus.
class ReplyForm extends HTMLElement {
  connectedCallback() {
    // Not at once: when this form replaces another one, htmx still holds on to that one.
    setTimeout(() => {
      for (const other of document.querySelectorAll("reply-form")) {
        if (other !== this) other.close(false);
      }
    });
    const field = this.querySelector("textarea");
    field?.focus({ preventScroll: true });
    field?.setSelectionRange(field.value.length, field.value.length);
    this.scrollIntoView({ block: "nearest" });
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.querySelector("textarea")?.value.trim()) this.close(true);
    });
    this.addEventListener("composer:sent", () => this.remove());
    this.addEventListener("click", (event) => {
      if (!event.target.closest("[data-close]")) return;
      event.preventDefault();
      this.close(true);
    });
  }

  // What is typed in it stays: as draft on the server, or in the form when it is not empty.
  close(returnFocus) {
    if (!returnFocus && this.querySelector("textarea")?.value.trim()) return;
    const opener = document.getElementById(this.getAttribute("opener"));
    this.remove();
    if (returnFocus) opener?.focus();
  }
}

customElements.define("reply-form", ReplyForm);
