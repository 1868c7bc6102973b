// When a request fails nothing disappears: the reason stands beside the control, and what was typed stays.
import { announce, word } from "@/announce";
import { isSignIn, renewToken } from "@/session";

const NAMES = { 403: "refused", 404: "gone", 410: "gone", 413: "large", 429: "slow" };

function place(element) {
  return element.closest("form, [data-notices]") ?? element;
}

function tell(element, text) {
  if (!element.isConnected) return announce(text);
  const near = place(element);
  near.parentElement.querySelector(":scope > .notice.request-error")?.remove();
  const box = document.createElement("div");
  box.className = "notice error request-error";
  box.setAttribute("role", "alert");
  box.textContent = text;
  near.after(box);
}

async function signInAgain(element) {
  const dialog = document.getElementById("signed-out");
  if (dialog.open) return;
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  if (dialog.returnValue !== "retry") return;
  if (!(await renewToken())) return signInAgain(element);
  if (element.matches("form")) element.requestSubmit();
  else element.focus?.();
}

// A form that lay open while somebody signed in elsewhere has an old token: one more try with a fresh one.
async function renewAndSend(form) {
  form.dataset.renewed = "yes";
  if (await renewToken()) form.requestSubmit();
  else tell(form, word("refused"));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, elt } = event.detail;
  if (xhr.responseURL && isSignIn(xhr.responseURL)) {
    event.detail.shouldSwap = false;
    signInAgain(event.detail.requestConfig?.elt ?? elt);
  }
});

document.addEventListener("htmx:responseError", (event) => {
  const { xhr, elt } = event.detail;
  if (xhr.status === 401) return signInAgain(elt);
  if (xhr.status === 403 && elt.matches("form") && !elt.dataset.renewed) return renewAndSend(elt);
  tell(elt, word(NAMES[xhr.status] ?? "failed"));
});

document.addEventListener("htmx:sendError", (event) => tell(event.detail.elt, word("offline")));
document.addEventListener("htmx:timeout", (event) => tell(event.detail.elt, word("offline")));

document.addEventListener("htmx:beforeRequest", (event) => {
  const near = place(event.detail.elt);
  near.parentElement?.querySelector(":scope > .notice.request-error")?.remove();
});
