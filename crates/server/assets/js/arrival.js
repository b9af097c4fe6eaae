// What was said on the way here joins the other messages, where it is read out.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  connect() {
    // Turbo puts what is permanent back in its place right after the new page has connected.
    setTimeout(() => {
      document.getElementById("toasts").append(...this.element.children);
      this.element.remove();
    });
  }
}
