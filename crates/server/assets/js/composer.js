// The composer: choosing what to write puts the caret where it is written.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  static targets = ["text"];

  choose() {
    this.textTarget.focus();
  }
}
