// The composer: choosing what to write puts the caret where it is written; files are chosen, pasted or dropped, and go up
// one after the other while the writing goes on. What is typed is kept on the server every two seconds, when the field is
// left, and when the page is. Whoever wants formatting gets an editor in its place.
import { Controller } from "../vendor/stimulus.js";
import { wish } from "./shell.js";

const PAUSE = 2_000;
// What a message holds at most, in characters.
const LONGEST = 100_000;

// What somebody takes over or gets back stands in a composer that begins anew: one that stays would write over it.
document.addEventListener("turbo:submit-start", ({ target }) => {
  if (/\/draft\/(taking|undo)$/.test(target.action)) target.dataset.turboAction = "advance";
});

export default class extends Controller {
  static targets = ["text", "form", "file", "state", "discard", "html", "place", "bar", "switch"];
  static values = { address: String, saved: String, failed: String, pasted: String, long: String, plain: String };

  connect() {
    // What was written with formatting before the plain words took its place.
    this.before = { text: this.textTarget.value, html: this.htmlTarget.value };
    if (this.before.html) this.format();
    this.kept = this.held();
    this.leave = () => this.keep();
    this.hide = () => document.hidden && this.keep();
    this.warn = (event) => this.hasFailed && this.held() !== this.kept && event.preventDefault();
    document.addEventListener("turbo:before-visit", this.leave);
    document.addEventListener("visibilitychange", this.hide);
    window.addEventListener("beforeunload", this.warn);
    window.addEventListener("pagehide", this.leave);
    this.element.addEventListener("turbo:before-morph-attribute", this.stay);
    this.element.addEventListener("turbo:before-morph-element", this.spare);
  }

  disconnect() {
    this.editor?.remove();
    this.editor = undefined;
    clearTimeout(this.timer);
    document.removeEventListener("turbo:before-visit", this.leave);
    document.removeEventListener("visibilitychange", this.hide);
    window.removeEventListener("beforeunload", this.warn);
    window.removeEventListener("pagehide", this.leave);
    this.element.removeEventListener("turbo:before-morph-attribute", this.stay);
    this.element.removeEventListener("turbo:before-morph-element", this.spare);
  }

  // Who writes already has seen what stood there when they began, not what came since; but what a refused form shows, they
  // see.
  stay = (event) => {
    const isSeen = event.target.name === "seen" && event.detail.attributeName === "value";
    if (isSeen && !this.isAnswered && this.textTarget.value.trim()) event.preventDefault();
    if (this.editor && event.target === this.switchTarget) event.preventDefault();
  };

  spare = (event) => {
    if (this.editor && [this.placeTarget, this.textTarget, this.htmlTarget].includes(event.target)) event.preventDefault();
  };

  // Whoever writes with formatting finds the editor as soon as they write.
  async arrive() {
    if (document.documentElement.dataset.writing !== "formatted" || this.editor) return;
    await this.format();
    this.textTarget.focus();
  }

  async toggle() {
    if (this.editor) this.unformat();
    else await this.format();
    wish("writing", this.editor ? "formatted" : "plain");
    this.textTarget.focus();
  }

  format() {
    this.coming ??= this.load().finally(() => (this.coming = undefined));
    return this.coming;
  }

  async load() {
    const { Editor } = await import("./editor.js");
    if (!this.element.isConnected || this.editor) return;
    const { text, html } = this.before;
    const isSame = text === this.textTarget.value;
    this.editor = new Editor(this, isSame ? html : "");
    this.switchTarget.ariaPressed = "true";
    if (isSame) this.kept = this.held();
  }

  unformat() {
    this.before = { text: this.textTarget.value, html: this.htmlTarget.value };
    if (!this.editor.isPlain) this.stateTarget.textContent = this.plainValue;
    this.editor.remove();
    this.editor = undefined;
    this.switchTarget.ariaPressed = "false";
    this.type();
  }

  choose() {
    this.textTarget.focus();
    this.type();
  }

  type() {
    if (this.isSending || this.timer) return;
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  held() {
    return `${this.mode} ${this.textTarget.value} ${this.html}`;
  }

  get mode() {
    return this.element.querySelector("[name=mode]:checked")?.value ?? "reply";
  }

  get html() {
    return this.htmlTarget.disabled ? "" : this.htmlTarget.value;
  }

  async keep() {
    clearTimeout(this.timer);
    this.timer = undefined;
    const held = this.held();
    const isNothing = !this.textTarget.value.trim();
    if (this.isSending || held === this.kept || (isNothing && this.discardTarget.hidden)) return;
    this.kept = held;
    const [body, html] = [this.textTarget.value, this.html];
    const form = this.element.querySelector("[name=form]").value;
    this.request = new AbortController();
    // A page that is left takes along what browsers let it.
    const keepalive = body.length + html.length < 20_000;
    try {
      const request = { method: "POST", keepalive, signal: this.request.signal, body: new URLSearchParams({ mode: this.mode, body, html, form }) };
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
    this.editor?.clear();
    this.kept = this.held();
    this.stateTarget.textContent = "";
    this.discardTarget.hidden = true;
  }

  // A text that is longer than a message goes along as a file: nothing of it is lost.
  paste(event) {
    const { clipboardData: data, target } = event;
    const text = data.getData("text/plain");
    const isIn = Boolean(this.editor?.holds(target));
    // Beside words with formatting a program gives a picture of them: the words are meant.
    const files = isIn && text && data.types.includes("text/html") ? [] : [...data.files];
    const isLong = (isIn || target === this.textTarget) && this.textTarget.value.length + text.length > LONGEST;
    if (!files.length && isLong) {
      files.push(new File([text], `${this.pastedValue}.txt`, { type: "text/plain" }));
      this.stateTarget.textContent = this.longValue;
    }
    if (files.length) this.bringAll(event, files, isIn);
  }

  bringAll(event, files, isIn) {
    event.preventDefault();
    event.stopPropagation();
    this.add(files, isIn);
  }

  over(event) {
    if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
  }

  drop(event) {
    const files = [...event.dataTransfer.files];
    if (files.length) this.bringAll(event, files, Boolean(this.editor?.holds(event.target)));
  }

  send() {
    this.add([...this.fileTarget.files]);
  }

  // `isIn`: pictures stand in the words.
  async add(files, isIn) {
    this.queue = [...(this.queue ?? []), ...files.map((file) => [file, isIn])];
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.queue.length) {
      const [[file, isShown], before] = [this.queue.shift(), this.waiting];
      await this.bring(file);
      const address = this.waiting.find((one) => !before.includes(one));
      if (isShown && address && /^image\/(png|jpeg|gif|webp)$/.test(file.type)) this.editor?.show(address, file.name);
    }
    this.isBusy = false;
    this.textTarget.focus();
  }

  get waiting() {
    return [...this.element.querySelectorAll("#ticket-files a[href]")].map((link) => link.getAttribute("href"));
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
