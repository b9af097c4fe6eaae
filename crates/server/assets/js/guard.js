// A form with unsaved changes asks before it is left.
import { Controller } from "../vendor/stimulus.js";
import { isRefreshing } from "./live.js";

export default class extends Controller {
  connect() {
    this.settle = () => (this.before = this.state());
    this.settle();
    this.visit = (event) => !isRefreshing && this.isChanged() && !window.confirm(this.question) && event.preventDefault();
    this.unload = (event) => this.isChanged() && event.preventDefault();
    this.sent = () => (this.isSent = true);
    document.addEventListener("turbo:before-visit", this.visit);
    window.addEventListener("beforeunload", this.unload);
    this.element.addEventListener("submit", this.sent);
    this.element.addEventListener("follow:settled", this.settle);
    this.element.addEventListener("turbo:submit-end", (event) => (this.isSent = event.detail.success));
  }

  disconnect() {
    document.removeEventListener("turbo:before-visit", this.visit);
    window.removeEventListener("beforeunload", this.unload);
    this.element.removeEventListener("submit", this.sent);
    this.element.removeEventListener("follow:settled", this.settle);
  }

  // What was refused is unsaved however it looks now.
  isChanged() {
    const isRefused = Boolean(this.element.querySelector("[aria-invalid=true]"));
    return !this.isSent && this.element.isConnected && (isRefused || this.state() !== this.before);
  }

  state() {
    return new URLSearchParams(new FormData(this.element)).toString();
  }

  get question() {
    return document.querySelector("meta[name=unsaved]")?.content ?? "";
  }
}
