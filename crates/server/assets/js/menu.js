// A menu made of <details>: arrows move, Escape and a press elsewhere close it.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  connect() {
    this.elsewhere = (event) => !this.element.contains(event.target) && this.close();
    document.addEventListener("pointerdown", this.elsewhere);
    this.element.addEventListener("toggle", () => this.place());
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("focusout", (event) => event.relatedTarget && this.elsewhere({ target: event.relatedTarget }));
  }

  disconnect() {
    document.removeEventListener("pointerdown", this.elsewhere);
  }

  key(event) {
    if (event.key === "Escape" && this.element.open) {
      event.stopPropagation();
      this.close();
      this.element.querySelector("summary").focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.element.open = true;
    const entries = [...this.element.querySelectorAll(".menu-item")];
    const next = entries.indexOf(document.activeElement) + step;
    entries[(next + entries.length) % entries.length]?.focus();
  }

  // Opens towards the side that has room.
  place() {
    this.element.classList.remove("end");
    const edge = this.element.querySelector(".menu-list").getBoundingClientRect();
    const rtl = getComputedStyle(this.element).direction === "rtl";
    if (rtl ? edge.left < 0 : edge.right > innerWidth) this.element.classList.add("end");
  }

  close() {
    this.element.open = false;
  }
}

// A menu that is a popover closes when the focus goes elsewhere, so that it never lies over what has it.
document.addEventListener("focusin", (event) => {
  const open = document.querySelector(".menu-list:popover-open");
  if (open && !open.contains(event.target) && event.target.getAttribute("popovertarget") !== open.id) open.hidePopover();
});
