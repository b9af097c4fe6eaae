// The composer: choosing what to write puts the caret where it is written; files are chosen, pasted or dropped, and go up
// one after the other while the writing goes on. What is typed is kept on the server every two seconds, when the field is
// left, and when the page is.
import { Controller } from "../vendor/stimulus.js";

const PAUSE = 2_000;
// What a message holds at most, in characters.
const LONGEST = 100_000;

export default class extends Controller {
  static targets = ["text", "form", "file", "state", "discard"];
  static values = { address: String, saved: String, failed: String, pasted: String, long: String };

  connect() {
    this.kept = this.held();
    this.leave = () => this.keep();
    this.hide = () => document.hidden && this.keep();
    this.warn = (event) => this.hasFailed && this.held() !== this.kept && event.preventDefault();
    document.addEventListener("turbo:before-visit", this.leave);
    document.addEventListener("visibilitychange", this.hide);
    window.addEventListener("beforeunload", this.warn);
    window.addEventListener("pagehide", this.leave);
    this.element.addEventListener("turbo:before-morph-attribute", this.stay);
  }

  disconnect() {
    clearTimeout(this.timer);
    document.removeEventListener("turbo:before-visit", this.leave);
    document.removeEventListener("visibilitychange", this.hide);
    window.removeEventListener("beforeunload", this.warn);
    window.removeEventListener("pagehide", this.leave);
    this.element.removeEventListener("turbo:before-morph-attribute", this.stay);
  }

  // Who writes already has seen what stood there when they began, not what came since; but what a refused form shows, they
  // see.
  stay = (event) => {
    const isSeen = event.target.name === "seen" && event.detail.attributeName === "value";
    if (isSeen && !this.isAnswered && this.textTarget.value.trim()) event.preventDefault();
  };

  choose() {
    this.textTarget.focus();
    this.type();
  }

  type() {
    if (this.isSending || this.timer) return;
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  held() {
    return `${this.mode} ${this.textTarget.value}`;
  }

  get mode() {
    return this.element.querySelector("[name=mode]:checked")?.value ?? "reply";
  }

  async keep() {
    clearTimeout(this.timer);
    this.timer = undefined;
    const held = this.held();
    const isNothing = !this.textTarget.value.trim();
    if (this.isSending || held === this.kept || (isNothing && this.discardTarget.hidden)) return;
    this.kept = held;
    const body = this.textTarget.value;
    const form = this.element.querySelector("[name=form]").value;
    this.request = new AbortController();
    // A page that is left takes along what browsers let it.
    const keepalive = body.length < 20_000;
    try {
      const request = { method: "POST", keepalive, signal: this.request.signal, body: new URLSearchParams({ mode: this.mode, body, form }) };
      const answer = await fetch(this.addressValue, request);
      if (answer.status !== 204) throw new Error(answer.status);
      this.hasFailed = false;
      this.stateTarget.textContent = isNothing ? "" : this.savedValue;
      this.discardTarget.hidden = isNothing;
    } catch (error) {
      if (error.name === "AbortError") return;
      this.hasFailed = true;
      this.kept = undefined;
      this.stateTarget.textContent = this.failedValue;
      this.type();
    }
  }

  begin() {
    this.isSending = true;
    this.isAnswered = true;
    document.addEventListener("turbo:render", () => (this.isAnswered = false), { once: true });
    clearTimeout(this.timer);
    this.timer = undefined;
    this.request?.abort();
  }

  end({ detail }) {
    this.isSending = false;
    if (!detail.success) return;
    this.textTarget.value = "";
    this.kept = this.held();
    this.stateTarget.textContent = "";
    this.discardTarget.hidden = true;
  }

  // A text that is longer than a message goes along as a file: nothing of it is lost.
  paste(event) {
    const files = [...event.clipboardData.files];
    const text = event.clipboardData.getData("text/plain");
    const isLong = event.target === this.textTarget && this.textTarget.value.length + text.length > LONGEST;
    if (!files.length && isLong) {
      files.push(new File([text], `${this.pastedValue}.txt`, { type: "text/plain" }));
      this.stateTarget.textContent = this.longValue;
    }
    if (!files.length) return;
    event.preventDefault();
    this.add(files);
  }

  over(event) {
    if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
  }

  drop(event) {
    const files = [...event.dataTransfer.files];
    if (!files.length) return;
    event.preventDefault();
    this.add(files);
  }

  send() {
    this.add([...this.fileTarget.files]);
  }

  async add(files) {
    this.queue = [...(this.queue ?? []), ...files];
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.queue.length) await this.bring(this.queue.shift());
    this.isBusy = false;
    this.textTarget.focus();
  }

  // The frame answers with the form anew, so its parts are looked up each time.
  bring(file) {
    const one = new DataTransfer();
    one.items.add(file);
    this.fileTarget.files = one.files;
    const form = this.formTarget;
    return new Promise((resolve) => {
      form.closest("turbo-frame").addEventListener("turbo:frame-load", resolve, { once: true });
      form.addEventListener("turbo:submit-end", ({ detail }) => detail.success || setTimeout(resolve), { once: true });
      form.requestSubmit();
    });
  }
}
