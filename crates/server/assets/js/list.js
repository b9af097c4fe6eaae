// Lists by keyboard: J and K move, O opens, X selects. The present row is the one that has focus.
import { Controller } from "../vendor/stimulus.js";
import { register } from "./commands.js";

const lists = new Set();
const list = () => [...lists].find((one) => one.element.contains(document.activeElement)) ?? [...lists][0];
const here = () => lists.size > 0;

register("list-next", () => list().move(1), here);
register("list-previous", () => list().move(-1), here);
register("list-open", () => list().open(), here);
register("list-select", () => list().select(), () => here() && Boolean(list().boxes.length));
register("list-extend", () => list().extend(1), () => here() && Boolean(list().boxes.length));
register("list-shrink", () => list().extend(-1), () => here() && Boolean(list().boxes.length));

register("list-range", () => list().range(), () => here() && Boolean(list().boxes.length));

register("list-all", () => list().all(), () => here() && Boolean(list().boxes.length));

// Whoever works down a list stays at their place in it when the row that had focus is gone.
let place = -1;

document.addEventListener("turbo:render", (event) => {
  if (event.detail.renderMethod !== "morph") return;
  const kept = [...lists].find((one) => one.keepValue);
  if (!kept || place < 0 || (document.activeElement && document.activeElement !== document.body)) return;
  const rows = kept.rows;
  rows[Math.min(place, rows.length - 1)]?.querySelector("a")?.focus();
});

export default class extends Controller {
  // `ahead`: what a row opens is fetched as soon as the row has focus, as it is when it is pointed at.
  static values = { keep: Boolean, ahead: Boolean };

  connect() {
    lists.add(this);
    if (this.aheadValue) this.element.addEventListener("focusin", this.look);
    if (this.keepValue) this.element.addEventListener("focusin", this.note);
  }

  disconnect() {
    lists.delete(this);
    this.element.removeEventListener("focusin", this.note);
    this.element.removeEventListener("focusin", this.look);
  }

  look = ({ target }) => {
    if (this.ahead && this.ahead !== target) this.ahead.dispatchEvent(new MouseEvent("mouseleave"));
    // What is clicked is pointed at already. Asked for twice, it would be kept and stand in for the next refresh.
    this.ahead = target.matches("a:focus-visible:not(:hover)") ? target : undefined;
    this.ahead?.dispatchEvent(new MouseEvent("mouseenter"));
  };

  note = () => {
    place = this.rows.indexOf(this.row);
  };

  move(step) {
    const rows = this.rows;
    const at = rows.indexOf(this.row);
    const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)];
    next?.querySelector("a")?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  open() {
    this.row?.querySelector("a")?.click();
  }

  select() {
    this.row?.querySelector("input[type=checkbox]")?.click();
  }

  // From the row that was chosen last to the present one.
  range() {
    const rows = this.rows;
    const box = (row) => row.querySelector("input[type=checkbox]");
    const here = rows.indexOf(this.row);
    if (here < 0) return;
    const from = rows.findLastIndex((row, place) => place < here && box(row)?.checked);
    const to = rows.findIndex((row, place) => place > here && box(row)?.checked);
    const first = from >= 0 ? from : here;
    const last = from >= 0 || to < 0 ? here : to;
    for (const row of rows.slice(first, last + 1)) if (box(row) && !box(row).checked) box(row).click();
  }

  // All of the page; again, and it is all of the view.
  all() {
    const rest = [...this.boxes].filter((box) => !box.checked);
    for (const box of rest) box.click();
    if (!rest.length) document.querySelector("#bulk input[type=checkbox][name=all]")?.click();
  }

  extend(step) {
    const box = (row) => row?.querySelector("input[type=checkbox]");
    if (!box(this.row)?.checked) this.select();
    this.move(step);
    if (box(this.row) && !box(this.row).checked) this.select();
  }

  get rows() {
    return [...this.element.querySelectorAll("[data-row]:has(a)")];
  }

  get row() {
    return document.activeElement.closest("[data-row]");
  }

  get boxes() {
    return this.element.querySelectorAll("[data-row] input[type=checkbox]");
  }
}
