// Notices by the browser itself. It is asked for leave on a click alone; what is new is shown once, whichever page brings it first.
import { Controller } from "../vendor/stimulus.js";

const SHOWN = "tandem-notified";

export default class extends Controller {
  static values = { news: Array, on: String, denied: String };
  static targets = ["state"];

  connect() {
    if (this.hasStateTarget) this.say();
  }

  async ask() {
    if (!("Notification" in window)) return this.say();
    await Notification.requestPermission();
    this.say();
  }

  say() {
    const leave = "Notification" in window ? Notification.permission : "denied";
    this.stateTarget.textContent = { granted: this.onValue, denied: this.deniedValue }[leave] ?? "";
  }

  // Ids grow with time: what stands below the last one was shown before.
  newsValueChanged(news) {
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    const last = localStorage.getItem(SHOWN);
    // What was there before the first look is no news.
    const fresh = news.filter((one) => last !== null && one.id > last).reverse();
    localStorage.setItem(SHOWN, [last ?? "", ...news.map((one) => one.id)].sort().at(-1));
    for (const one of fresh) this.show(one);
  }

  show({ id, title, body, to }) {
    const notice = new Notification(title, { body, tag: id });
    notice.addEventListener("click", () => {
      window.focus();
      window.Turbo.visit(to);
      notice.close();
    });
  }
}
