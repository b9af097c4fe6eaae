// The bar below a list with chosen rows: how many they are, all of the page, none again.
import { Controller } from "../vendor/stimulus.js";

const boxes = () => [...document.querySelectorAll(".row-check[form=bulk]")];

export default class extends Controller {
  static targets = ["number", "page"];
  static values = { list: { type: String, default: "ticket-rows" } };

  connect() {
    this.count();
    this.rows = new MutationObserver(() => this.count());
    const list = document.getElementById(this.listValue);
    if (list) this.rows.observe(list, { childList: true });
  }

  disconnect() {
    this.rows.disconnect();
  }

  count() {
    const all = boxes();
    const chosen = all.filter((box) => box.checked).length;
    this.numberTarget.textContent = chosen;
    this.pageTarget.checked = all.length > 0 && chosen === all.length;
    this.pageTarget.indeterminate = chosen > 0 && chosen < all.length;
  }

  page() {
    const isChosen = this.pageTarget.checked;
    for (const box of boxes()) box.checked = isChosen;
    this.count();
  }

  // What was done is not done again with the next rows.
  end({ detail: { success, formSubmission } }) {
    if (success && formSubmission.formElement.action === this.element.action) this.element.reset();
    this.count();
  }

  clear() {
    for (const box of boxes()) box.checked = false;
    this.count();
  }
}
