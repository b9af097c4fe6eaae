// A conversation opens where one goes on reading: at the message that the address names, else at the first unseen one, else at
// the newest; after sending at what was sent. What is put in above moves nothing.
import { Controller } from "../vendor/stimulus.js";
import { register } from "./commands.js";
import { toast } from "./toasts.js";

// How long what comes in late (pictures, mails) may move the place that was found.
const SETTLE = 3_000;

let present;
let isSent = false;
const here = () => Boolean(present);

register("message-next", () => present.step(1), here);
register("message-previous", () => present.step(-1), here);
register("copy-link", () => present.copyLink(), here);

document.addEventListener("turbo:submit-start", ({ target }) => {
  if (target.id === "composer") isSent = true;
});
document.addEventListener("turbo:submit-end", ({ target, detail }) => {
  if (target.id === "composer" && !detail.success) isSent = false;
});
document.addEventListener("turbo:before-render", ({ detail }) => detail.renderMethod === "morph" && present?.hold());
document.addEventListener("turbo:render", ({ detail }) => detail.renderMethod === "morph" && present?.rest());
// What was new stays marked until the conversation is left.
document.addEventListener("turbo:before-morph-attribute", (event) => {
  if (event.detail.attributeName === "data-fresh") event.preventDefault();
});

export default class extends Controller {
  static targets = ["sheet"];

  connect() {
    present = this;
    this.settling = new ResizeObserver(() => this.place?.());
    this.end = () => this.settle();
    for (const name of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(name, this.end, { passive: true });
    this.land();
  }

  // Who wishes so sees mails as they were sent at once.
  sheetTargetConnected(fold) {
    if (document.documentElement.dataset.mails === "sent") fold.open = true;
  }

  disconnect() {
    if (present === this) present = undefined;
    this.settle();
    for (const name of ["wheel", "touchstart", "pointerdown", "keydown"]) removeEventListener(name, this.end);
  }

  land() {
    const id = decodeURIComponent(location.hash.slice(1));
    const named = !isSent && id ? document.getElementById(id) : null;
    if (!isSent && id.startsWith("tms_") && !named && !location.search.includes("message=")) return this.fetch(id);
    const fresh = isSent ? null : this.element.querySelector("[data-fresh]");
    isSent = false;
    const first = this.element.contains(named) ? named : fresh;
    this.sought = named ? id : undefined;
    if (named && !first) return;
    this.place = () => (first ? show(first) : this.showNewest());
    this.place();
    this.settling.observe(this.element.querySelector(".messages"));
    // What comes in late below it makes it lower.
    this.settling.observe(this.element);
    this.timer = setTimeout(this.end, SETTLE);
  }

  // A link to a message that this part of the conversation does not have.
  fetch(id) {
    const address = new URL(location.href);
    address.searchParams.set("message", id);
    window.Turbo.visit(address.href, { action: "replace" });
  }

  settle() {
    clearTimeout(this.timer);
    this.settling.disconnect();
    this.place = undefined;
  }

  showNewest() {
    const last = this.messages.at(-1);
    if (!last) return;
    if (last.offsetHeight > Math.min(this.element.clientHeight, innerHeight)) show(last);
    else if (this.element.scrollHeight > this.element.clientHeight) this.element.scrollTop = this.element.scrollHeight;
    else last.scrollIntoView({ block: "nearest" });
  }

  // The first entry that is seen, and where.
  hold() {
    const { top } = this;
    const entry = this.entries.find((one) => one.id && one.getBoundingClientRect().bottom > top);
    this.held = entry && { id: entry.id, at: entry.getBoundingClientRect().top };
  }

  rest() {
    if (isSent) {
      isSent = false;
      this.showNewest();
      return;
    }
    const id = decodeURIComponent(location.hash.slice(1));
    const entry = this.held && document.getElementById(this.held.id);
    if (entry) this.scroller.scrollBy({ top: entry.getBoundingClientRect().top - this.held.at, behavior: "instant" });
    this.held = undefined;
    // What was fetched because the address names it.
    if (this.sought !== id && location.search.includes("message=") && this.element.querySelector(`#${CSS.escape(id || "-")}`)) {
      this.sought = id;
      show(document.getElementById(id));
    }
  }

  step(by) {
    const { messages } = this;
    const focused = messages.indexOf(document.activeElement.closest(".message"));
    const { top } = this;
    const seen = messages.findIndex((one) => one.getBoundingClientRect().bottom > top + 1);
    const at = focused >= 0 ? focused + by : by > 0 ? seen : seen - 1;
    const next = messages[Math.min(Math.max(at, 0), messages.length - 1)];
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    show(next);
  }

  copy(event) {
    if (!navigator.clipboard) return;
    event.preventDefault();
    copied(event.currentTarget.href);
  }

  copyLink() {
    const message = document.activeElement.closest(".message")?.querySelector(".message-link");
    copied(message?.href ?? location.origin + location.pathname);
  }

  // On small screens the page itself scrolls, below the top bar.
  get scroller() {
    return getComputedStyle(this.element).overflowY === "visible" ? window : this.element;
  }

  get top() {
    const bar = document.querySelector(".topbar")?.getBoundingClientRect().bottom ?? 0;
    return Math.max(this.element.getBoundingClientRect().top, bar);
  }

  get entries() {
    return [...this.element.querySelectorAll(".messages > li")];
  }

  get messages() {
    return [...this.element.querySelectorAll(".messages > .message")];
  }
}

function show(entry) {
  entry.scrollIntoView({ block: "start" });
}

async function copied(address) {
  await navigator.clipboard?.writeText(address);
  toast(document.getElementById("toast-copied"));
}
