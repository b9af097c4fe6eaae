// The page of results follows what is typed; "/" leads to the nearest field. Without scripts both are ordinary forms.
import { Controller } from "../vendor/stimulus.js";
import { register } from "./commands.js";

const WAIT = 120;
const LEAST = 2;

register("search", () => {
  const field = [...document.querySelectorAll("[data-search-field]")].find((one) => one.checkVisibility());
  if (!field) return window.Turbo.visit("/search");
  field.focus();
  field.select();
});

export default class extends Controller {
  static targets = ["form", "field"];

  connect() {
    this.keys = (event) => this.leave(event);
    this.fieldTarget.addEventListener("keydown", this.keys);
  }

  disconnect() {
    clearTimeout(this.timer);
    this.fieldTarget.removeEventListener("keydown", this.keys);
  }

  typed(event) {
    clearTimeout(this.timer);
    const length = this.fieldTarget.value.trim().length;
    if (event.isComposing || (length > 0 && length < LEAST)) return;
    this.timer = setTimeout(() => this.formTarget.requestSubmit(), WAIT);
  }

  leave(event) {
    if (event.key !== "ArrowDown") return;
    const first = this.element.querySelector("[data-row] a");
    if (!first) return;
    event.preventDefault();
    first.focus();
  }
}
