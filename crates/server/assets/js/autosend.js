// A form of choices that is sent as soon as one is made; without scripts it has its button.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  static targets = ["button"];

  connect() {
    this.buttonTarget.hidden = true;
  }

  send() {
    this.element.requestSubmit();
  }
}
