// Copies a text that is shown once. The button shows itself only where there is a clipboard to copy to.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  static targets = ["text", "button"];

  connect() {
    this.buttonTarget.hidden = !navigator.clipboard;
  }

  async copy() {
    this.textTarget.select();
    await navigator.clipboard.writeText(this.textTarget.value);
    this.buttonTarget.querySelector(".button-label").textContent = this.buttonTarget.dataset.copied;
  }
}
