// Keeps what somebody is typing: on the server within five seconds, on this device (for this user only) if that fails.
import { csrfToken } from "@/session";

const PAUSE = 1500, LONGEST = 4500;

export class DraftKeeper {
  // read(): what is to be kept, as a string; fields(string) gives {body, data} when it is more than a text;
  // state(name): called with "saving", "saved", "kept" or ""
  constructor({ url, place, read, state, fields }) {
    Object.assign(this, { url, place, read, state, fields });
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
      body: this.params(body),
      headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" },
    }).catch(() => null);
    if (this.ended) return;
    if (answer?.ok && !answer.redirected) {
      this.last = body;
      this.store("");
      this.state(this.isEmpty(body) ? "" : "saved");
    } else {
      this.store(body);
      this.state("kept");
    }
  }

  params(kept, more = {}) {
    const { body, data } = this.fields ? this.fields(kept) : { body: kept };
    const params = new URLSearchParams({ place: this.place, body, ...more });
    if (data) params.set("data", JSON.stringify(data));
    return params;
  }

  isEmpty(kept) {
    return !(this.fields ? this.fields(kept).body : kept);
  }

  beacon() {
    const body = this.read();
    if (this.ended || body === this.last) return;
    this.store(body);
    navigator.sendBeacon(this.url, this.params(body, { csrfmiddlewaretoken: csrfToken() }));
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
