// A small act shows at once: the template that its button names stands in its place while the server is asked. What the
// server then says is what stays; when it refuses, what was there comes back, with a sentence why.
import { Controller } from "../vendor/stimulus.js";
import { hold, release } from "./live.js";
import { toast } from "./toasts.js";

export default class extends Controller {
  static values = { place: String };

  async act(event) {
    const form = this.element;
    const place = document.getElementById(this.placeValue);
    const template = document.getElementById(event.submitter?.dataset.quick ?? event.target.dataset.quick);
    if (!place || !template) return;
    event.preventDefault();
    const menu = form.closest("details[open]");
    menu?.removeAttribute("open");
    menu?.querySelector("summary").focus();
    const before = [...place.childNodes].map((node) => node.cloneNode(true));
    place.replaceChildren(template.content.cloneNode(true));
    hold();
    const refusal = await sent(form, event.submitter);
    if (refusal !== undefined) {
      place.replaceChildren(...before);
      toast(document.getElementById("toast-refused"), refusal);
    }
    release();
  }
}

// Why the server refused, in the person's words where it has some; nothing when it did what was asked.
async function sent(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const headers = { accept: "application/problem+json" };
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.ok) return undefined;
    return (await answer.json()).told ?? "";
  } catch {
    return "";
  }
}
