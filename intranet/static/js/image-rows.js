// <image-rows>: up to four pictures with their descriptions. Shows one row per picture with a preview; a picture may
// be pasted into or dropped on the form around it. Without JavaScript the rows are plain file fields.
// Rows: .image-row with input[type=file] and a text input; a button [data-add]; [data-remove] in each row.
const kept = new Map(); // pictures of a form that came back with errors, by place

class ImageRows extends HTMLElement {
  connectedCallback() {
    this.rows = [...this.querySelectorAll(".image-row")];
    this.form = this.closest("form");
    this.classList.add("enhanced");
    this.place = this.closest("text-composer")?.dataset.place;
    this.addEventListener("change", () => this.show());
    this.addEventListener("click", (event) => this.click(event));
    this.form.addEventListener("paste", (event) => this.take(event, event.clipboardData?.files));
    this.form.addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
    this.form.addEventListener("drop", (event) => this.take(event, event.dataTransfer?.files));
    this.form.addEventListener("reset", () => setTimeout(() => this.show()));
    this.restore();
    this.show();
  }

  keep() {
    kept.set(this.place, this.rows.map((row) => file(row).files[0]));
  }

  restore() {
    const files = kept.get(this.place) ?? [];
    kept.delete(this.place);
    files.forEach((one, index) => one && put(this.rows[index], one));
  }

  take(event, files) {
    const pictures = [...(files ?? [])].filter((one) => one.type.startsWith("image/"));
    if (!pictures.length) return;
    event.preventDefault();
    for (const picture of pictures) {
      const free = this.rows.find((row) => !file(row).files.length);
      if (free) put(free, picture);
    }
    this.show();
    this.rows.findLast((row) => file(row).files.length)?.querySelector("input[type=text]").focus();
  }

  click(event) {
    if (event.target.closest("[data-add]")) {
      const free = this.rows.find((row) => !file(row).files.length);
      if (free) file(free).click();
    }
    const row = event.target.closest("[data-remove]")?.closest(".image-row");
    if (row) {
      file(row).value = "";
      row.querySelector("input[type=text]").value = "";
      this.show();
      this.querySelector("[data-add]").focus();
    }
  }

  show() {
    for (const row of this.rows) {
      const picture = file(row).files[0];
      row.hidden = !picture;
      const preview = row.querySelector("[data-preview]");
      preview.replaceChildren();
      if (!picture) continue;
      const image = document.createElement("img");
      image.alt = "";
      image.src = URL.createObjectURL(picture);
      image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
      preview.append(image);
    }
    this.querySelector("[data-add]").disabled = this.rows.every((row) => file(row).files.length);
  }
}

const file = (row) => row.querySelector("input[type=file]");

function put(row, picture) {
  const transfer = new DataTransfer();
  transfer.items.add(picture);
  file(row).files = transfer.files;
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) event.detail.requestConfig.elt.querySelector("image-rows")?.keep();
});

customElements.define("image-rows", ImageRows);
