// Who else has this ticket open: a word to the server every fifteen seconds and at every turn, and what it answers is shown.
// Losing it is harmless; what keeps two answers from crossing is asked when they are sent.
import { Controller } from "../vendor/stimulus.js";

const BEAT = 15_000;
// After how long without a key somebody does not write any more.
const IDLE = 20_000;

export default class extends Controller {
  static targets = ["strip"];
  static values = { address: String, topic: String };

  connect() {
    this.wrote = -Infinity;
    this.timer = setInterval(() => document.hidden || this.say(), BEAT);
    this.hear = ({ detail }) => (detail === this.topicValue || detail === "*") && this.say();
    this.leave = () => this.go();
    this.turn = () => (document.hidden ? this.go() : this.say());
    document.addEventListener("live:changed", this.hear);
    document.addEventListener("visibilitychange", this.turn);
    window.addEventListener("pagehide", this.leave);
    this.element.addEventListener("turbo:submit-end", this.rest);
    if (!document.hidden) this.say();
  }

  disconnect() {
    clearInterval(this.timer);
    document.removeEventListener("live:changed", this.hear);
    document.removeEventListener("visibilitychange", this.turn);
    window.removeEventListener("pagehide", this.leave);
    this.element.removeEventListener("turbo:submit-end", this.rest);
    this.go();
  }

  // Another ticket in the same place is another place to be.
  addressValueChanged(now, before) {
    if (before && this.said) {
      this.go(before);
      this.wrote = -Infinity;
      this.say();
    }
  }

  write({ target }) {
    if (!target.matches("textarea")) return;
    this.wrote = performance.now();
    if (this.said !== this.doing()) this.say();
  }

  // What was sent is not being written any more.
  rest = () => {
    this.wrote = -Infinity;
    if (this.said && this.said !== "viewing") this.say();
  };

  // Whoever would get in each other's way writes a note.
  note() {
    this.element.querySelector("[name=mode][value=note]")?.click();
  }

  doing() {
    if (performance.now() - this.wrote > IDLE) return "viewing";
    const mode = this.element.querySelector("[name=mode]:checked")?.value;
    return mode === "note" ? "noting" : "replying";
  }

  async say() {
    const [address, doing] = [this.addressValue, this.doing()];
    this.said = doing;
    try {
      const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ doing }) });
      const type = answer.headers.get("content-type") ?? "";
      if (!answer.ok || answer.redirected || !type.startsWith("text/html")) return;
      const html = await answer.text();
      if (address !== this.addressValue || html === this.shown) return;
      this.shown = html;
      const open = [...this.stripTarget.querySelectorAll("details[open]")].map((one) => one.id);
      this.stripTarget.innerHTML = html;
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    } catch {
      // The next beat asks again.
    }
  }

  go(address = this.addressValue) {
    if (!this.said) return;
    this.said = undefined;
    navigator.sendBeacon(address, new URLSearchParams({ doing: "left" }));
  }
}
