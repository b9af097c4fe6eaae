// A long select that is found by typing. The select stays in the form and keeps the value; a field with a list of what
// fits stands in its place.
import { Controller } from "../vendor/stimulus.js";

const MOST = 60;
const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/ı/g, "i").replace(/ł/g, "l");

export default class extends Controller {
  static targets = ["select"];
  static values = { none: String };

  connect() {
    const select = this.selectTarget;
    this.options = [...select.options].map((option) => ({ option, text: fold(option.text) }));
    this.list = Object.assign(document.createElement("ul"), { className: "search-select-list", id: `${select.id}-list`, role: "listbox", hidden: true });
    this.input = Object.assign(document.createElement("input"), { className: "input", type: "text", id: select.id, autocomplete: "off", role: "combobox" });
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-expanded", "false");
    for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    select.id = `${select.id}-native`;
    select.hidden = true;
    this.element.append(this.input, this.list);
    this.show();
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("click", () => this.list.hidden && this.open(""));
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointerdown", (event) => this.press(event));
    this.stay = (event) => event.target === this.element && event.preventDefault();
    this.element.addEventListener("turbo:before-morph-element", this.stay);
    this.leave = () => this.disconnect();
    document.addEventListener("turbo:before-cache", this.leave);
  }

  disconnect() {
    if (!this.input) return;
    document.removeEventListener("turbo:before-cache", this.leave);
    this.element.removeEventListener("turbo:before-morph-element", this.stay);
    this.selectTarget.id = this.input.id;
    this.selectTarget.hidden = false;
    this.input.remove();
    this.list.remove();
    this.input = null;
  }

  open(query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    const fitting = this.options.filter(({ text }) => words.every((word) => text.includes(word)));
    const begins = ({ text }) => (words[0] && (text.startsWith(words[0]) || text.includes(`/${words[0]}`)) ? 0 : 1);
    if (words.length) fitting.sort((one, other) => begins(one) - begins(other));
    this.fitting = fitting.slice(0, query ? MOST : fitting.length);
    const rows = this.fitting.map(({ option }, place) => this.row(option, place));
    if (!rows.length) rows.push(Object.assign(document.createElement("li"), { className: "search-select-none", textContent: this.noneValue }));
    this.list.replaceChildren(...rows);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    const chosen = this.fitting.findIndex(({ option }) => option.selected);
    this.point(query ? 0 : Math.max(chosen, 0));
  }

  row(option, place) {
    const row = Object.assign(document.createElement("li"), { className: "search-select-item", id: `${this.list.id}-${place}`, role: "option", textContent: option.text });
    row.dataset.place = place;
    row.setAttribute("aria-selected", String(option.selected));
    return row;
  }

  point(place) {
    if (!this.fitting.length) return this.input.removeAttribute("aria-activedescendant");
    this.place = (place + this.fitting.length) % this.fitting.length;
    this.list.querySelector(".pointed")?.classList.remove("pointed");
    const row = this.list.children[this.place];
    row.classList.add("pointed");
    row.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row.id);
  }

  key(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown") isOpen ? this.point(this.place + 1) : this.open("");
    else if (event.key === "ArrowUp" && isOpen) this.point(this.place - 1);
    else if (event.key === "Enter" && isOpen) this.choose(this.fitting[this.place]?.option);
    else if (event.key === "Escape" && isOpen) this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  press(event) {
    event.preventDefault();
    const row = event.target.closest("[data-place]");
    if (row) this.choose(this.fitting[Number(row.dataset.place)].option);
  }

  choose(option) {
    if (option && !option.selected) {
      option.selected = true;
      this.selectTarget.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.show();
  }

  show() {
    this.input.value = this.selectTarget.selectedOptions[0]?.text ?? "";
  }
}
