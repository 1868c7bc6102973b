// After signing in again in another window: a fresh CSRF token, so that what is typed here can be sent.
export async function renewToken() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || new URL(answer.url).pathname !== location.pathname) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const user = page.documentElement.dataset.user;
  if (!user || user !== document.documentElement.dataset.user) return false;
  const headers = page.body.getAttribute("data-hx-headers");
  document.body.setAttribute("data-hx-headers", headers);
  const token = JSON.parse(headers)["X-CSRFToken"];
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  return true;
}

export function csrfToken() {
  return JSON.parse(document.body.getAttribute("data-hx-headers"))["X-CSRFToken"];
}

export const isSignIn = (url) => new URL(url, location.href).pathname === document.documentElement.dataset.signIn;
