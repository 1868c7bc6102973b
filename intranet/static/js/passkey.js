// form[data-passkey]: asks the browser for a passkey ("get") or to make one ("create"), then sends the form with it.
// Options come from #passkey-options, or fresh from data-passkey-url. Without passkeys a hidden form stays hidden.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function decoded({ publicKey }, kind) {
  const list = (found) => found?.map((one) => ({ ...one, id: bytes(one.id) }));
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (kind === "get") return { ...options, allowCredentials: list(publicKey.allowCredentials) ?? [] };
  const selection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return {
    ...options,
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: list(publicKey.excludeCredentials) ?? [],
    authenticatorSelection: { ...publicKey.authenticatorSelection, ...selection },
  };
}

function encoded(credential) {
  const answer = credential.response;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = Object.fromEntries(names.filter((name) => answer[name]).map((name) => [name, text(answer[name])]));
  if (answer.getTransports) response.transports = answer.getTransports();
  const { id, type } = credential;
  const clientExtensionResults = credential.getClientExtensionResults();
  return { id, type, rawId: text(credential.rawId), response, clientExtensionResults };
}

async function options(form) {
  const url = form.dataset.passkeyUrl;
  if (!url) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).request_options;
}

async function ask(form) {
  const kind = form.dataset.passkey;
  const publicKey = decoded(await options(form), kind);
  const credential = await navigator.credentials[kind]({ publicKey });
  form.elements.credential.value = JSON.stringify(encoded(credential));
  form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-passkey]");
  if (!form || form.elements.credential.value) return;
  event.preventDefault();
  const problem = form.querySelector("[data-passkey-error]");
  problem.hidden = true;
  ask(form).catch(() => {
    problem.hidden = false;
  });
});

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey][hidden]")) form.hidden = false;
}
