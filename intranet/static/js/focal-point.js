// <focal-point>: two sliders say which point of a picture a crop keeps; a click into the picture moves both.
class FocalPoint extends HTMLElement {
  connectedCallback() {
    [this.across, this.down] = this.querySelectorAll("input[type=range]");
    this.picture = this.querySelector(".focal-pic");
    this.addEventListener("input", () => this.show());
    this.picture.addEventListener("click", (event) => this.point(event));
    this.show();
  }

  point(event) {
    const box = this.picture.getBoundingClientRect();
    this.across.value = (100 * (event.clientX - box.left)) / box.width;
    this.down.value = (100 * (event.clientY - box.top)) / box.height;
    this.across.focus({ preventScroll: true });
    this.across.dispatchEvent(new Event("input", { bubbles: true })); // the draft hears of it too
  }

  show() {
    this.picture.style.setProperty("--focal-x", `${this.across.value}%`);
    this.picture.style.setProperty("--focal-y", `${this.down.value}%`);
    this.closest(".up")?.querySelector(".up-face img")?.style.setProperty("--focal", `${this.across.value}% ${this.down.value}%`);
  }
}

customElements.define("focal-point", FocalPoint);
