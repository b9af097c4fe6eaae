// Whoever stands at the counter or asks for a ticket, or an account, found while one types: those that fit are offered, and at the
// end somebody new where that can be. Arrows
// choose, Enter takes, Escape leaves; without a choice the server asks.
import { Controller } from "../vendor/stimulus.js";

const REST = 150;

export default class extends Controller {
  static targets = ["contact", "field"];
  static values = { new: String, address: { type: String, default: "/counter/people" }, name: { type: String, default: "who" }, pick: { type: Boolean, default: true } };

  connect() {
    this.input = this.fieldTarget.querySelector("input");
    this.list = Object.assign(document.createElement("ul"), { className: "search-select-list", id: `${this.nameValue}-list`, role: "listbox", hidden: true });
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-expanded", "false");
    this.input.after(this.list);
    this.pick = Object.assign(document.createElement("input"), { type: "hidden", name: "pick", disabled: true });
    if (this.pickValue) this.element.append(this.pick);
    this.heard = [["input", () => this.typed()], ["blur", () => this.close()], ["keydown", (event) => this.key(event)]];
    for (const [name, hear] of this.heard) this.input.addEventListener(name, hear);
    this.list.addEventListener("pointerdown", (event) => this.press(event));
  }

  disconnect() {
    clearTimeout(this.waiting);
    this.asked?.abort();
    for (const [name, hear] of this.heard) this.input.removeEventListener(name, hear);
    this.list.remove();
    this.pick.remove();
  }

  typed() {
    this.contactTarget.value = "";
    this.pick.disabled = true;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.look(), REST);
  }

  async look() {
    this.asked?.abort();
    this.asked = new AbortController();
    const typed = this.input.value.trim();
    if (typed.length < 2) return this.close();
    try {
      const answer = await fetch(`${this.addressValue}?q=${encodeURIComponent(typed)}`, { headers: { accept: "application/json" }, signal: this.asked.signal });
      if (answer.ok && document.activeElement === this.input) this.offer(typed, await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  offer(typed, people) {
    const isNew = this.newValue && (this.pickValue || typed.includes("@"));
    this.offered = [...people, ...(isNew ? [{ id: "new", name: `${this.newValue}: ${typed}`, note: "" }] : [])];
    if (!this.offered.length) return this.close();
    this.list.replaceChildren(...this.offered.map((one, place) => this.row(one, place)));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point(0);
  }

  row(one, place) {
    const row = Object.assign(document.createElement("li"), { className: "search-select-item", id: `${this.nameValue}-${place}`, role: "option", textContent: one.name });
    if (one.note) row.append(Object.assign(document.createElement("small"), { className: "muted", textContent: ` ${one.note}` }));
    row.dataset.place = place;
    return row;
  }

  point(place) {
    this.place = (place + this.offered.length) % this.offered.length;
    for (const row of this.list.children) {
      const here = Number(row.dataset.place) === this.place;
      row.classList.toggle("pointed", here);
      row.setAttribute("aria-selected", String(here));
    }
    const row = this.list.children[this.place];
    row.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row.id);
  }

  key(event) {
    if (this.list.hidden) return;
    if (event.key === "ArrowDown") this.point(this.place + 1);
    else if (event.key === "ArrowUp") this.point(this.place - 1);
    else if (event.key === "Enter") this.take(this.offered[this.place]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  press(event) {
    event.preventDefault();
    const row = event.target.closest("[data-place]");
    if (row) this.take(this.offered[Number(row.dataset.place)]);
  }

  take(one) {
    const isNew = one.id === "new";
    if (!isNew) this.input.value = one.name;
    this.contactTarget.value = isNew ? "" : one.id;
    this.pick.value = "new";
    this.pick.disabled = !isNew;
    this.close();
  }

  close() {
    clearTimeout(this.waiting);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
