// Fields that are there only where another has a value come and go; what was refused is where the caret goes.
import { Controller } from "../vendor/stimulus.js";
import { follow } from "./beginning.js";

export default class extends Controller {
  connect() {
    this.follow = () => follow(this.element);
    for (const event of ["input", "change"]) this.element.addEventListener(event, this.follow);
    this.follow();
    this.dispatch("settled");
    this.element.querySelector("[aria-invalid=true]")?.focus();
  }

  disconnect() {
    for (const event of ["input", "change"]) this.element.removeEventListener(event, this.follow);
  }
}
