// <photo-crop>: the chosen picture with a square to drag, beside the number fields "size", "x" and "y" of its form, in
// percent. Arrow keys move, with Shift ten times as far; plus and minus resize. What a browser cannot show is uploaded
// all the same.
const STEP = 1;
const SMALLEST = 10;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SIZES = { "+": 2, "=": 2, "-": -2 };

class PhotoCrop extends HTMLElement {
  connectedCallback() {
    this.fields = this.closest("form").elements;
    this.fields.photo.addEventListener("change", () => this.show(this.fields.photo.files[0]));
    for (const name of ["size", "x", "y"]) this.fields[name].addEventListener("change", () => this.read());
  }

  disconnectedCallback() { if (this.url) URL.revokeObjectURL(this.url); }

  show(file) {
    if (this.url) URL.revokeObjectURL(this.url);
    this.replaceChildren();
    if (!file) return;
    this.url = URL.createObjectURL(file);
    this.picture = Object.assign(new Image(), { src: this.url, alt: "" });
    this.picture.addEventListener("error", () => this.replaceChildren(text("p", this.dataset.unshown, "sm soft")));
    this.picture.addEventListener("load", () => this.build());
  }

  build() {
    this.frame = document.createElement("div");
    this.frame.className = "crop-frame";
    this.frame.tabIndex = 0;
    this.frame.setAttribute("role", "group");
    this.frame.setAttribute("aria-label", this.dataset.label);
    const hint = text("p", this.dataset.hint, "sm soft");
    hint.id = "crop-hint";
    this.frame.setAttribute("aria-describedby", hint.id);
    this.stage = document.createElement("div");
    this.stage.className = "crop-stage";
    this.stage.append(this.picture, this.frame);
    const previews = document.createElement("div");
    previews.className = "crop-previews";
    for (const size of ["xl", "", "sm"]) previews.append(this.preview(size));
    this.replaceChildren(hint, this.stage, previews);
    this.frame.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("pointerdown", (event) => this.drag(event));
    this.size = 100;
    this.centre();
  }

  preview(size) {
    const face = document.createElement("span");
    face.className = `face ${size}`;
    face.append(Object.assign(new Image(), { src: this.url, alt: "" }));
    return face;
  }

  // width and height of the square in percent of the picture's
  get spans() {
    const { naturalWidth: width, naturalHeight: height } = this.picture;
    const side = (Math.min(width, height) * this.size) / 100;
    return [(100 * side) / width, (100 * side) / height];
  }

  centre() {
    const [across, down] = this.spans;
    this.place((100 - across) / 2, (100 - down) / 2);
  }

  place(x, y) {
    const [across, down] = this.spans;
    this.x = Math.min(Math.max(x, 0), 100 - across);
    this.y = Math.min(Math.max(y, 0), 100 - down);
    for (const name of ["size", "x", "y"]) this.fields[name].value = (Math.round(this[name] * 10) / 10).toString();
    const set = { "--x": this.x, "--y": this.y, "--across": across, "--down": down };
    for (const [name, value] of Object.entries(set)) this.style.setProperty(name, value);
  }

  resize(size) {
    const [across, down] = this.spans;
    this.size = Math.min(Math.max(size, SMALLEST), 100);
    const [newAcross, newDown] = this.spans;
    this.place(this.x + (across - newAcross) / 2, this.y + (down - newDown) / 2);
  }

  read() {
    if (!this.frame?.isConnected) return;
    const value = (name, otherwise) => (this.fields[name].value === "" ? otherwise : Number(this.fields[name].value));
    this.size = Math.min(Math.max(value("size", 100), SMALLEST), 100);
    this.place(value("x", this.x), value("y", this.y));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in MOVES) {
      const far = event.shiftKey ? 10 : 1;
      const [right, down] = MOVES[event.key];
      this.place(this.x + right * STEP * far, this.y + down * STEP * far);
    } else if (event.key in SIZES) this.resize(this.size + SIZES[event.key]);
    else return;
    event.preventDefault();
  }

  drag(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.frame.focus();
    const box = this.stage.getBoundingClientRect();
    const [from, [x, y]] = [[event.clientX, event.clientY], [this.x, this.y]];
    const move = (now) => this.place(
      x + (100 * (now.clientX - from[0])) / box.width,
      y + (100 * (now.clientY - from[1])) / box.height,
    );
    this.stage.setPointerCapture(event.pointerId);
    this.stage.addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) {
      this.stage.addEventListener(end, () => this.stage.removeEventListener("pointermove", move), { once: true });
    }
  }
}

function text(tag, words, kind) {
  return Object.assign(document.createElement(tag), { textContent: words, className: kind });
}

customElements.define("photo-crop", PhotoCrop);
