// One file to the server with its progress; fetch cannot tell how far a request is.
import { csrfToken, isSignIn } from "@/session";

// Resolves to {status, text}; status 0 without a connection, 401 when somebody has to sign in again.
export function send(url, values, progress = () => {}) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    for (const [name, value] of Object.entries(values)) body.append(name, value);
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => event.lengthComputable && progress(event.loaded / event.total));
    request.addEventListener("load", () => {
      const out = request.responseURL && isSignIn(request.responseURL);
      resolve({ status: out ? 401 : request.status, text: out ? "" : request.responseText });
    });
    request.addEventListener("error", () => resolve({ status: 0, text: "" }));
    request.send(body);
  });
}
