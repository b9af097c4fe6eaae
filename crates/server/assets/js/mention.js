// Naming somebody in a note: after an @ the names that fit are offered; arrows choose, Enter or Tab takes, Escape leaves.
import { Controller } from "../vendor/stimulus.js";

const MOST = 6;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export default class extends Controller {
  static targets = ["text", "list"];
  static values = { names: Array };

  connect() {
    this.hide = this.hide.bind(this);
    this.element.addEventListener("turbo:submit-start", this.hide);
  }

  disconnect() {
    this.element.removeEventListener("turbo:submit-start", this.hide);
  }

  // Where the caret is: an editor may stand in the field's place.
  get field() {
    return this.element.querySelector(".rich-field") ?? this.textTarget;
  }

  // Only notes name people: what a customer reads is not the place.
  begun() {
    if (this.element.querySelector("[name=mode]:checked")?.value !== "note") return null;
    const before = this.textTarget.value.slice(0, this.textTarget.selectionStart);
    const match = before.match(/(?:^|\s)@([^\n@]{0,40})$/u);
    return match ? match[1] : null;
  }

  offer() {
    const begun = this.begun();
    if (begun === null) return this.hide();
    const wanted = fold(begun);
    const fits = (name) => fold(name).startsWith(wanted) || fold(name).split(/\s+/).some((word) => word.startsWith(wanted));
    const names = this.namesValue.filter(fits).slice(0, MOST);
    if (!names.length || (names.length === 1 && fold(names[0]) === wanted)) return this.hide();
    this.listTarget.replaceChildren(...names.map((name, place) => this.option(name, place)));
    this.listTarget.hidden = false;
    this.mark(0);
  }

  option(name, place) {
    const option = document.createElement("li");
    option.id = `mention-${place}`;
    option.role = "option";
    option.className = "menu-item";
    option.textContent = name;
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.take(name);
    });
    return option;
  }

  mark(place) {
    const options = [...this.listTarget.children];
    this.place = (place + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.place)));
    this.field.setAttribute("aria-activedescendant", options[this.place].id);
  }

  press(event) {
    if (this.listTarget.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") this.mark(this.place + 1);
    else if (event.key === "ArrowUp") this.mark(this.place - 1);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.listTarget.children[this.place].textContent);
    else if (event.key === "Escape") this.hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(name) {
    const begun = this.begun() ?? "";
    const end = this.textTarget.selectionStart;
    this.textTarget.setRangeText(`${name} `, end - begun.length, end, "end");
    this.hide();
    this.textTarget.dispatchEvent(new Event("input", { bubbles: true }));
  }

  hide() {
    this.listTarget.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }
}
