// A dialog that is already in the page: opens from any button with data-dialog="its id", closes on a press beside it.
import { Controller } from "../vendor/stimulus.js";

export default class extends Controller {
  connect() {
    this.beside = (event) => event.target === this.element && this.element.close();
    this.leave = () => this.element.open && this.element.close();
    this.element.addEventListener("click", this.beside);
    document.addEventListener("turbo:before-cache", this.leave);
  }

  disconnect() {
    this.element.removeEventListener("click", this.beside);
    document.removeEventListener("turbo:before-cache", this.leave);
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
});
