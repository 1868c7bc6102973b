// <file-drop data-url>: photos, a video and documents go to the server one by one before the post is sent; each row
// asks for a description. Chosen, pasted or dropped; put in order by buttons or by dragging. Words come as data-…
import { announce, word } from "@/announce";
import { csrfToken } from "@/session";
import { send } from "@/upload";

class FileDrop extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(".ups");
    this.pick = this.querySelector("[data-pick]");
    this.form = this.closest("form");
    this.classList.add("enhanced");
    for (const field of this.querySelectorAll(".plain-files input")) field.disabled = true;
    this.pick.addEventListener("change", () => { this.take(this.pick.files); this.pick.value = ""; });
    this.addEventListener("change", (event) => event.target.matches("[data-captions]") && this.captions(event.target));
    this.addEventListener("click", (event) => this.click(event));
    this.form.addEventListener("paste", (event) => this.received(event, event.clipboardData?.files));
    this.form.addEventListener("dragover", (event) => this.over(event));
    this.form.addEventListener("drop", (event) => this.received(event, event.dataTransfer?.files));
    this.form.addEventListener("click", (event) => event.target.closest("[data-attach]") && this.pick.click());
    this.form.addEventListener("reset", () => this.list.replaceChildren());
    // before htmx and before the browser: an answer that is known here needs no request
    this.onSubmit = (event) => this.refuse(event);
    this.guard = this.closest("text-composer");
    this.guard?.addEventListener("submit", this.onSubmit, true);
    this.list.addEventListener("dragstart", (event) => { this.dragged = event.target.closest?.(".up"); });
    this.list.addEventListener("dragend", () => { this.dragged = null; this.changed(); });
  }

  disconnectedCallback() {
    this.guard?.removeEventListener("submit", this.onSubmit, true);
  }

  say(name, values = {}) {
    return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), this.dataset[name]);
  }

  over(event) {
    const row = event.target.closest?.(".up");
    if (this.dragged && row && row !== this.dragged) {
      const below = [...this.list.children].indexOf(row) > [...this.list.children].indexOf(this.dragged);
      if (below) row.after(this.dragged);
      else row.before(this.dragged);
    }
    if (this.dragged || event.dataTransfer?.types.includes("Files")) event.preventDefault();
  }

  received(event, files) {
    if (!files?.length) return;
    event.preventDefault();
    this.take(files);
  }

  take(files) {
    for (const file of files) this.upload(file);
  }

  async upload(file) {
    const row = this.list.appendChild(waiting(file, this.say("sending", { name: file.name })));
    const answer = await send(this.dataset.url, { file }, (part) => { row.querySelector("progress").value = part; });
    if (!row.isConnected) return;
    if (answer.status !== 201) return this.failed(row, file, answer);
    const made = replace(row, answer.text);
    announce(this.say("added", { name: file.name }));
    const first = this.list.querySelector("input[name^=alt_]:placeholder-shown, input[name^=alt_]");
    if (document.activeElement === document.body || this.contains(document.activeElement)) made.querySelector("input.input")?.focus();
    else first?.scrollIntoView({ block: "nearest" });
    this.changed();
  }

  failed(row, file, answer) {
    row.className = "up has-error";
    const reason = document.createElement("p");
    reason.className = "error";
    reason.setAttribute("role", "alert");
    reason.textContent = `${file.name}: ${[422, 429].includes(answer.status) ? answer.text : word({ 0: "offline", 413: "large" }[answer.status] ?? "failed")}`;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "icon-btn", textContent: "×" });
    button.dataset.drop = "";
    button.setAttribute("aria-label", this.say("remove", { name: file.name }));
    row.replaceChildren(reason, button);
  }

  async captions(field) {
    const row = field.closest(".up");
    const answer = await send(this.dataset.url, { file: field.files[0], video: row.dataset.id });
    const told = row.querySelector(".up-captions [role=status]");
    if (answer.status !== 201) told.textContent = answer.text || word("failed");
    else {
      const credit = row.querySelector("input[name^=credit_]").value;
      const made = replace(row, answer.text);
      made.querySelector("input[name^=credit_]").value = credit;
      announce(made.querySelector(".up-captions [role=status]").textContent);
    }
  }

  click(event) {
    const button = event.target.closest("[data-move], [data-drop]");
    const row = button?.closest(".up");
    if (!row) return;
    if ("drop" in button.dataset) return this.remove(row, button.dataset.drop);
    if (button.dataset.move === "-1") row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    button.focus();
    const rows = [...this.list.children];
    announce(this.say("moved", { n: rows.indexOf(row) + 1, all: rows.length }));
    this.changed();
  }

  remove(row, url) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next?.querySelector("[data-drop]") ?? this.pick).focus();
    announce(this.dataset.removed);
    if (url) fetch(url, { method: "POST", headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" } }).catch(() => null);
    this.changed();
  }

  refuse(event) {
    if (this.list.querySelector(".is-sending")) {
      announce(this.dataset.waiting);
      return stop(event);
    }
    const bare = [...this.list.querySelectorAll("input[name^=alt_]")].find((field) => !field.value.trim());
    if (!bare) return;
    stop(event);
    const box = bare.closest(".field");
    box.classList.add("has-error");
    bare.setAttribute("aria-invalid", "true");
    if (!box.querySelector(".error")) {
      const reason = document.createElement("p");
      reason.className = "error";
      reason.id = `${bare.id}_error`;
      reason.textContent = this.dataset.describe;
      bare.before(reason);
      bare.setAttribute("aria-describedby", reason.id);
    }
    bare.focus();
  }

  changed() {
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function waiting(file, label) {
  const row = document.createElement("li");
  row.className = "up is-sending";
  const name = document.createElement("p");
  name.className = "up-name";
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", label);
  row.append(name, bar);
  return row;
}

function replace(row, html) {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  const made = box.content.firstElementChild;
  row.replaceWith(made);
  return made;
}

customElements.define("file-drop", FileDrop);
