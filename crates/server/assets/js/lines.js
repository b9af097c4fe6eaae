// Lines of a form that grow: when the last one is filled in, an empty one comes after it.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  static targets = ["line"];

  connect() {
    this.grow = () => this.add();
    this.element.addEventListener("input", this.grow);
  }

  disconnect() {
    this.element.removeEventListener("input", this.grow);
  }

  add() {
    const last = this.lineTargets.at(-1);
    const inputs = [...last.querySelectorAll("input[name]")];
    if (inputs.every((input) => !input.value)) return;
    const line = last.cloneNode(true);
    for (const added of line.querySelectorAll(".date-calendar, .date-button, .error")) added.remove();
    for (const input of line.querySelectorAll("input")) {
      input.name = input.id = input.name.replace(/\.(\d+)\./, (_, place) => `.${Number(place) + 1}.`);
      input.value = "";
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
    last.after(line);
  }
}
