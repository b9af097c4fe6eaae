// The builder of a segment: what is asked changes the fields beside it, and who would be in is shown while one types. The
// form itself says both; without scripts its buttons do.
import { Controller } from "../vendor/stimulus.js";

const PAUSE = 400;

export default class extends Controller {
  static targets = ["rows", "preview", "without"];

  connect() {
    this.turn = 0;
    this.withoutTarget.hidden = true;
  }

  disconnect() {
    clearTimeout(this.wait);
  }

  // Another subject or test has other fields.
  change(event) {
    if (event.target.hasAttribute("data-segment-shape")) this.send("arrange", true);
    else this.later();
  }

  type(event) {
    if (!event.target.hasAttribute("data-segment-shape")) this.later();
  }

  press(event) {
    const button = event.target.closest("button[name=act]");
    if (!button || button.value === "save") return;
    event.preventDefault();
    this.send(button.value, true);
  }

  later() {
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.send("arrange", false), PAUSE);
  }

  async send(act, isShape) {
    clearTimeout(this.wait);
    const turn = ++this.turn;
    const body = new URLSearchParams(new FormData(this.element));
    body.set("act", act);
    const page = await answered(this.element.action, body);
    // Whatever was asked later has the word.
    if (!page || turn !== this.turn || !this.element.isConnected) return;
    if (isShape) this.reshape(page);
    const preview = page.querySelector("[data-segment-target=preview]");
    if (preview) this.previewTarget.replaceChildren(...preview.childNodes);
  }

  reshape(page) {
    const rows = page.querySelector("[data-segment-target=rows]");
    if (!rows) return;
    const id = document.activeElement?.id;
    this.rowsTarget.replaceChildren(...rows.childNodes);
    const next = this.rowsTarget.querySelector("[autofocus]") ?? (id && document.getElementById(id)) ?? this.rowsTarget.querySelector("select");
    next?.focus();
  }
}

async function answered(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { accept: "text/html" } });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}
