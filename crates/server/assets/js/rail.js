// The rail folds at once; the server remembers it.
import { Controller } from "../vendor/stimulus.js";
import { wish } from "./shell.js";

export default class extends Controller {
  toggle(event) {
    event.preventDefault();
    const wide = document.querySelector(".rail .rail-text").checkVisibility();
    wish("rail", wide ? "narrow" : "wide");
  }
}
