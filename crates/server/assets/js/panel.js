// A panel that could not be fetched says so in its place and can be tried again; the rest of the page does not care.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  static targets = ["frame", "trouble"];

  connect() {
    // Kept because the frame may leave the page before the panel does.
    this.frame = this.frameTarget;
    this.failed = (event) => {
      event.preventDefault();
      this.frame.replaceChildren(this.troubleTarget.content.cloneNode(true));
    };
    for (const name of ["turbo:frame-missing", "turbo:fetch-request-error"]) this.frame.addEventListener(name, this.failed);
  }

  disconnect() {
    for (const name of ["turbo:frame-missing", "turbo:fetch-request-error"]) this.frame.removeEventListener(name, this.failed);
  }

  again() {
    this.frameTarget.reload();
  }
}
