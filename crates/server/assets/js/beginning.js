// The form of a new ticket: what is typed is kept on the server as in a composer, all of the form; fields that depend on others come
// and go; the message takes formatting, and what is pasted or dropped goes along as a file.
import Composer from "./composer.js";

// Shows what its condition and the kind of ticket allow. What is hidden is not sent.
export function follow(form) {
  const inputs = () => [...form.querySelectorAll("input, select, textarea")].filter((input) => !input.disabled);
  const values = (name) => inputs().filter((input) => input.name === name && (input.checked || !/box|radio/.test(input.type))).map((input) => input.value);
  for (const part of form.querySelectorAll("[data-when], [data-kinds]")) {
    const { when, is, kinds } = part.dataset;
    part.hidden = Boolean((when && !values(when).includes(is)) || (kinds && !kinds.split(" ").includes(values("kind")[0])));
    for (const input of part.querySelectorAll("input, select, textarea")) input.disabled = part.hidden;
  }
}

export default class extends Composer {
  connect() {
    super.connect();
    this.follow();
  }

  // Everything but files.
  pairs() {
    return [...new FormData(this.element)].filter(([, value]) => typeof value === "string");
  }

  held() {
    return new URLSearchParams(this.pairs()).toString();
  }

  follow() {
    follow(this.element);
    this.type();
  }

  async keep() {
    clearTimeout(this.timer);
    this.timer = undefined;
    const held = this.held();
    if (this.isSending || held === this.kept) return;
    this.kept = held;
    this.request = new AbortController();
    try {
      const request = { method: "POST", keepalive: held.length < 20_000, signal: this.request.signal, body: new URLSearchParams(this.pairs()) };
      this.saving = fetch(this.addressValue, request);
      const answer = await this.saving;
      if (answer.status !== 204) throw new Error(answer.status);
      this.hasFailed = false;
      this.stateTarget.textContent = this.savedValue;
    } catch (error) {
      if (error.name === "AbortError") return;
      this.hasFailed = true;
      this.kept = undefined;
      this.stateTarget.textContent = this.failedValue;
      this.type();
    }
  }

  // Another form's fields are asked for what is kept.
  async change(event) {
    event.preventDefault();
    const { href } = event.currentTarget;
    await this.keep();
    await this.saving?.catch(() => {});
    window.Turbo.visit(href);
  }

  end({ detail }) {
    this.isSending = false;
    if (detail.success) this.kept = this.held();
  }

  // Files wait in the form itself.
  add(files) {
    const all = new DataTransfer();
    for (const file of [...this.fileTarget.files, ...files]) all.items.add(file);
    this.fileTarget.files = all.files;
  }
}
