// "Show more" appends the next part of a list in place; without scripts it is a link to the next page.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  static values = { list: String };

  async load(event) {
    const link = event.currentTarget;
    event.preventDefault();
    if (link.ariaBusy === "true") return;
    link.ariaBusy = "true";
    const response = await fetch(link.href, { headers: { Accept: "text/html" } });
    if (!response.ok) return window.Turbo.visit(link.href);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const rows = [...(page.getElementById(this.listValue)?.children ?? [])];
    document.getElementById(this.listValue).append(...rows);
    const next = page.querySelector(`[data-more-list-value="${CSS.escape(this.listValue)}"]`);
    if (next) this.element.replaceWith(next);
    else this.element.remove();
    (rows[0]?.querySelector("a, button, input") ?? rows[0])?.focus?.({ preventScroll: true });
  }
}
