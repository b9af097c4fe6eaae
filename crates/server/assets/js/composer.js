// The composer: choosing what to write puts the caret where it is written; files are chosen, pasted or dropped, and go up
// one after the other while the writing goes on.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  static targets = ["text", "form", "file"];

  choose() {
    this.textTarget.focus();
  }

  paste(event) {
    const files = [...event.clipboardData.files];
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
