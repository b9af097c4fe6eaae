// The rail folds at once; the server remembers it.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  toggle(event) {
    event.preventDefault();
    const root = document.documentElement;
    const narrow = root.querySelector(".rail-text").checkVisibility();
    root.dataset.rail = narrow ? "narrow" : "wide";
    fetch("/preferences", {
      method: "POST",
      body: new URLSearchParams({ rail: root.dataset.rail }),
      headers: { Accept: "application/json" },
    });
  }
}
