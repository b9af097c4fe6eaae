// A panel that could not be fetched says so in its place and can be tried again; the rest of the page does not care.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  static targets = ["frame", "trouble"];

  connect() {
    this.failed = (event) => {
      event.preventDefault();
      this.frameTarget.replaceChildren(this.troubleTarget.content.cloneNode(true));
    };
    for (const name of ["turbo:frame-missing", "turbo:fetch-request-error"]) this.frameTarget.addEventListener(name, this.failed);
  }

  disconnect() {
    for (const name of ["turbo:frame-missing", "turbo:fetch-request-error"]) this.frameTarget.removeEventListener(name, this.failed);
  }

  again() {
    this.frameTarget.reload();
  }
}
