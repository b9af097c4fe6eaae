// Any link with data-turbo-frame="sheet" opens its page as a dialog; without scripts it is simply a page.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  static targets = ["frame"];

  connect() {
    this.on(this.frameTarget, "turbo:frame-load", () => this.open());
    this.on(this.element, "close", () => this.empty());
    this.on(this.element, "click", (event) => event.target === this.element && this.element.close());
    this.on(this.element, "turbo:before-fetch-response", (event) => this.follow(event));
    this.on(document, "turbo:before-cache", () => this.element.open && this.element.close());
  }

  disconnect() {
    this.listeners.forEach((remove) => remove());
  }

  open() {
    if (!this.frameTarget.childElementCount || this.element.open) return;
    this.element.showModal();
    const fields = "[autofocus], .sheet-body :is(input:not([type=hidden]), select, textarea, button, a)";
    this.frameTarget.querySelector(fields)?.focus();
  }

  empty() {
    this.frameTarget.removeAttribute("src");
    this.frameTarget.replaceChildren();
  }

  // A form in the dialog that succeeded leads on in the page itself, not inside the dialog.
  follow(event) {
    const { fetchResponse } = event.detail;
    if (!fetchResponse.redirected || !fetchResponse.succeeded) return;
    event.preventDefault();
    this.element.close();
    window.Turbo.visit(fetchResponse.location, { action: "replace" });
  }

  on(target, name, listener) {
    target.addEventListener(name, listener);
    (this.listeners ??= []).push(() => target.removeEventListener(name, listener));
  }
}
