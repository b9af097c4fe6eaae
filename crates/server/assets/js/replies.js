// Saved replies over the composer: typing narrows the list, the arrows move, Enter takes. What was taken comes into the
// composer where the caret was; a macro with an answer moves the main button to the status that goes with it. Without
// scripts the list is a page, and the ticket comes back with the words in its composer.
import { Controller } from "../vendor/stimulus.js";
import { hold, release } from "./live.js";

const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i").replaceAll("ł", "l").replaceAll("ə", "e");
const FORM = "form:is(.composer, [data-controller=beginning])";
const FIELD = `${FORM} :is(textarea[name=body], .rich-field)`;
const wordsOf = (field) => field.closest("form").querySelector("textarea[name=body]");
const composer = () => document.querySelector(FORM);
let caret = null;

export default class extends Controller {
  static targets = ["search", "row", "none", "trouble"];

  connect() {
    this.words = new Map(this.rowTargets.map((row) => [row, fold(row.textContent)]));
    this.filter();
  }

  filter() {
    const asked = fold(this.searchTarget.value).split(/\s+/).filter(Boolean);
    for (const [row, words] of this.words) row.hidden = !asked.every((word) => words.includes(word));
    this.noneTarget.hidden = this.shown.length > 0;
    this.troubleTarget.hidden = true;
    this.point(this.shown[0]);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isTyping = event.target === this.searchTarget;
    if (step) {
      event.preventDefault();
      const at = this.shown.indexOf(this.pointed) + step;
      this.point(this.shown.at(at % this.shown.length));
    } else if (event.key === "Enter" && isTyping && !event.isComposing) {
      event.preventDefault();
      this.pointed?.querySelector("form").requestSubmit();
    }
  }

  point(row) {
    this.pointed?.classList.remove("pointed");
    this.pointed = row;
    row?.classList.add("pointed");
    row?.scrollIntoView({ block: "nearest" });
  }

  async take(event) {
    // On a page of its own there is no composer to write into.
    if (!composer() || this.isBusy) return;
    event.preventDefault();
    this.isBusy = true;
    hold();
    const answer = await sent(event.target);
    this.isBusy = false;
    if (answer.told !== undefined) {
      release();
      this.troubleTarget.textContent = answer.told;
      this.troubleTarget.hidden = false;
      return;
    }
    this.element.closest("dialog")?.close();
    insert(answer);
    if (answer.files) document.getElementById("ticket-files").src = location.href;
    release();
  }

  get shown() {
    return this.rowTargets.filter((row) => !row.hidden);
  }
}

async function sent(form) {
  const body = new URLSearchParams([...new FormData(composer()), ...new FormData(form)]);
  body.set("as", "json");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
    const found = await answer.json();
    return answer.ok ? found : { told: found.told ?? found.title };
  } catch {
    return { told: document.querySelector("#toast-refused")?.content.textContent.trim() ?? "" };
  }
}

// The words come where the caret was, with an empty line between them and what stands before.
function insert({ words, mode, then }) {
  const form = composer();
  const text = form.querySelector("textarea[name=body]");
  const box = words && form.querySelector(`[name=mode][value=${mode}]`);
  if (box) box.checked = true;
  const [from, to] = caret?.text === text ? [caret.from, caret.to] : [text.value.length, text.value.length];
  const before = text.value.slice(0, from);
  const gap = words && before.trim() && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
  text.setRangeText(gap + words, from, to, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  if (then) lead(form, ...then);
  text.focus();
}

// The button that sends with this status becomes the main one, with its key.
function lead(form, status, label) {
  const main = form.querySelector(".for-reply .primary");
  let button = form.querySelector(`.for-reply [name=then][value="${status}"]`);
  if (!button) {
    button = main.cloneNode(true);
    button.value = status;
    button.querySelector(".button-label").textContent = label;
    main.before(button);
  }
  if (button === main) return;
  main.classList.remove("primary");
  delete main.dataset.command;
  button.classList.remove("quiet");
  button.classList.add("primary");
  button.dataset.command = "send";
}

// Where the caret was, because the list takes the focus.
document.addEventListener("focusout", ({ target }) => {
  if (!target.matches?.(FIELD)) return;
  const text = wordsOf(target);
  caret = { text, from: text.selectionStart, to: text.selectionEnd };
});

// A slash at the beginning opens the list.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !field.matches?.(FIELD) || wordsOf(field).value) return;
  event.preventDefault();
  document.querySelector("[data-command=macro]")?.click();
});
