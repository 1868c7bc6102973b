// Forms and buttons with data-confirm ask first. Without JavaScript the server shows a confirming page instead.
const dialog = document.getElementById("confirm");

export function ask({ confirm, confirmTitle, confirmAction, confirmDanger }) {
  const [yes] = dialog.querySelectorAll("button");
  const title = dialog.querySelector("h2");
  title.dataset.standard ??= title.textContent;
  title.textContent = confirmTitle || title.dataset.standard;
  dialog.querySelector("p").textContent = confirm;
  yes.textContent = confirmAction || yes.dataset.standard;
  yes.classList.toggle("danger", confirmDanger !== undefined);
  yes.classList.toggle("primary", confirmDanger === undefined);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

const asking = (element, submitter) => [submitter, element].find((one) => one?.dataset?.confirm);

document.addEventListener("htmx:confirm", async (event) => {
  const element = asking(event.detail.elt, event.detail.triggeringEvent?.submitter);
  if (!element) return;
  event.preventDefault();
  if (await ask(element.dataset)) event.detail.issueRequest(true);
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const element = asking(form, event.submitter);
  if (!element || form.matches("[data-hx-post]") || form.dataset.confirmed) return;
  event.preventDefault();
  if (!(await ask(element.dataset))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(event.submitter);
  delete form.dataset.confirmed;
});
