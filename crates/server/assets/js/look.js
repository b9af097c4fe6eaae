// Preferences show at once, before they are saved.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  theme(event) {
    document.documentElement.dataset.theme = event.target.value;
  }

  density(event) {
    document.documentElement.dataset.density = event.target.value;
  }

  after(event) {
    document.documentElement.dataset.after = event.target.value;
  }
}
