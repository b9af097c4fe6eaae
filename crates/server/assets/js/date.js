// A day is typed; a button beside the field opens the browser's own calendar and writes what was chosen there.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  static targets = ["text"];
  static values = { pattern: String, pick: String };

  connect() {
    if (!HTMLInputElement.prototype.showPicker) return;
    this.calendar = Object.assign(document.createElement("input"), { type: "date", className: "date-calendar", tabIndex: -1 });
    this.calendar.setAttribute("aria-hidden", "true");
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "button icon-only date-button", title: this.pickValue });
    this.button.setAttribute("aria-label", this.pickValue);
    this.button.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${new URL("../icons.svg#calendar", import.meta.url)}"></use></svg>`;
    this.button.addEventListener("click", () => this.open());
    this.calendar.addEventListener("change", () => this.write());
    for (const part of [this.calendar, this.button]) part.addEventListener("turbo:before-morph-element", (event) => event.preventDefault());
    this.element.append(this.calendar, this.button);
  }

  disconnect() {
    this.calendar?.remove();
    this.button?.remove();
  }

  open() {
    const [year, month, day] = this.read();
    if (year) this.calendar.value = `${year}-${month}-${day}`;
    this.calendar.showPicker();
  }

  write() {
    const [y, m, d] = this.calendar.value.split("-");
    if (!d) return;
    this.textTarget.value = this.patternValue.replace(/[ymd]/g, (part) => ({ y, m, d })[part]);
    this.textTarget.dispatchEvent(new Event("input", { bubbles: true }));
    this.textTarget.focus();
  }

  // The parts of the text where it has the pattern's form; nothing otherwise.
  read() {
    const order = this.patternValue.match(/[ymd]/g) ?? [];
    const parts = this.textTarget.value.match(/\d+/g) ?? [];
    if (parts.length !== 3 || parts[order.indexOf("y")]?.length !== 4) return [];
    return ["y", "m", "d"].map((part) => parts[order.indexOf(part)].padStart(2, "0"));
  }
}
