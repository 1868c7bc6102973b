// Keeps what somebody is typing: on the server within five seconds, on this device (for this user only) if that fails.
import { csrfToken } from "@/session";

const PAUSE = 1500, LONGEST = 4500;

export class DraftKeeper {
  // state(name): called with "saving", "saved", "kept" or ""
  constructor({ url, place, read, state }) {
    Object.assign(this, { url, place, read, state });
    this.key = `draft:${document.documentElement.dataset.user}:${place}`;
    this.last = read();
    this.onHide = () => this.beacon();
    addEventListener("pagehide", this.onHide);
  }

  // An unsent copy of this device, if there is one.
  local() {
    try { return localStorage.getItem(this.key) ?? ""; } catch { return ""; }
  }

  touched() {
    if (this.read() === this.last) return;
    this.since ??= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, this.since + LONGEST - Date.now())));
  }

  async save() {
    clearTimeout(this.timer);
    this.since = null;
    const body = this.read();
    if (body === this.last) return;
    this.state("saving");
    const answer = await fetch(this.url, {
      method: "POST",
      body: new URLSearchParams({ place: this.place, body }),
      headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" },
    }).catch(() => null);
    if (this.ended) return;
    if (answer?.ok && !answer.redirected) {
      this.last = body;
      this.store("");
      this.state(body ? "saved" : "");
    } else {
      this.store(body);
      this.state("kept");
    }
  }

  beacon() {
    const body = this.read();
    if (this.ended || body === this.last) return;
    this.store(body);
    navigator.sendBeacon(this.url, new URLSearchParams({ place: this.place, body, csrfmiddlewaretoken: csrfToken() }));
  }

  store(body) {
    try {
      if (body) localStorage.setItem(this.key, body);
      else localStorage.removeItem(this.key);
    } catch { /* private windows may refuse; the form still holds the text */ }
  }

  // The text was sent: nothing is to be kept any more.
  sent() {
    clearTimeout(this.timer);
    this.since = null;
    this.store("");
    this.last = this.read();
    this.state("");
  }

  end() {
    clearTimeout(this.timer);
    removeEventListener("pagehide", this.onHide);
    this.beacon();
    this.ended = true;
  }
}
