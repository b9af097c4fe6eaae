// A button that prints the page; it shows itself only where scripts run.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  static targets = ["button"];

  connect() {
    this.buttonTarget.hidden = false;
  }

  print() {
    window.print();
  }
}
