// Short messages at the bottom: they leave by themselves, wait while pointed at or focused, and can be undone.
import { Controller } from "../vendor/stimulus.js";

const STAY = 10_000;

export default class extends Controller {
  connect() {
    this.timers = new Map();
    this.seen = new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => this.tell(node))));
    this.seen.observe(this.element, { childList: true });
    [...this.element.children].forEach((toast) => this.add(toast));
  }

  disconnect() {
    this.seen.disconnect();
    this.timers.forEach((timer) => clearTimeout(timer));
  }

  // One that is new, not one that came along to the next page.
  tell(toast) {
    this.add(toast);
    toast.dispatchEvent(new CustomEvent("toast", { bubbles: true }));
  }

  add(toast) {
    if (!(toast instanceof HTMLElement) || "stays" in toast.dataset) return;
    const leave = () => this.timers.set(toast, setTimeout(() => toast.remove(), STAY));
    const wait = () => clearTimeout(this.timers.get(toast));
    for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, wait);
    for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, leave);
    leave();
  }

  dismiss(event) {
    event.target.closest(".toast")?.remove();
  }
}

// A toast from a <template>: for acts that the page itself has done. A text takes the place of the template's own.
export function toast(template, text = "") {
  const copy = template.content.cloneNode(true);
  if (text) copy.querySelector(".toast > span").textContent = text;
  const shown = copy.firstElementChild;
  document.getElementById("toasts").append(copy);
  return shown;
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-toast]");
  if (opener) toast(document.getElementById(opener.dataset.toast));
});
