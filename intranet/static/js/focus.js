// Where the focus goes after a swap: to what the answer marks with data-focus, or to what is wrong in a refused form.
function receive(root) {
  const mark = root.matches?.("[data-focus]") ? root : root.querySelector?.("[data-focus]");
  if (!mark) return false;
  mark.removeAttribute("data-focus");
  if (!mark.matches("a[href], button, input, textarea, select, summary")) mark.tabIndex = -1;
  mark.focus();
  return true;
}

function refused(root) {
  const summary = root.querySelector?.(".error-summary");
  const fields = root.querySelectorAll?.("[aria-invalid=true]") ?? [];
  const target = fields.length === 1 ? fields[0] : summary ?? fields[0];
  target?.focus();
}

document.addEventListener("htmx:afterSettle", (event) => {
  const root = event.detail.elt;
  if (event.detail.xhr?.status === 422) return refused(root.isConnected ? root : document);
  receive(root) || (event.detail.target?.isConnected && receive(event.detail.target));
});

// A page that came back with errors, without htmx.
const summary = document.querySelector("main .error-summary");
if (summary) summary.focus();
