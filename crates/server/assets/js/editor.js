// Writing with formatting, loaded when somebody wants it: an editor in the place of the composer's field. The field stays, unseen,
// and holds the plain words, so that whatever reads or fills it works as ever; what is put into it goes into the editor.
import Squire from "../vendor/squire.js";
import DOMPurify from "../vendor/purify.js";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const TAGS = "p div br b strong i em u s strike del a ul ol li blockquote pre code img table tbody thead tfoot tr td th".split(" ");
const PICTURE = /^\/tickets\/files\/tfl_[0-9a-z]+$/;
const LINK = /^(?:https?:|mailto:)/i;
// Each button: the elements that say it is pressed, what presses it, and what takes it back.
const ACTS = {
  bold: ["B", "bold", "removeBold"],
  italic: ["I", "italic", "removeItalic"],
  list: ["UL", "makeUnorderedList", "removeList"],
  numbers: ["OL", "makeOrderedList", "removeList"],
  quote: ["BLOCKQUOTE", "increaseQuoteLevel", "removeQuote"],
  code: ["CODE PRE", "code", "removeCode"],
};
// What letters are.
const LETTERS = ["B", "I", "U", "S"];

const sheet = new URL("../rich.css", import.meta.url).href;

// The policy of pages is told of every style and handler that is read, though none is ever applied: the usual ones go before.
const quiet = (html) =>
  html.replace(/<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi, (tag) => tag.replace(/[\s/](?:style|on\w+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*)/gi, " "));

// What is pasted or kept, as nodes with nothing in them that runs, styles, or comes from elsewhere.
function clean(html) {
  const settings = { ALLOWED_TAGS: TAGS, ALLOWED_ATTR: ["href", "src", "alt"], ALLOW_ARIA_ATTR: false, ALLOW_DATA_ATTR: false, RETURN_DOM_FRAGMENT: true };
  const fragment = DOMPurify.sanitize(quiet(String(html)), settings);
  for (const picture of fragment.querySelectorAll("img")) if (!PICTURE.test(picture.getAttribute("src") ?? "")) picture.remove();
  for (const link of fragment.querySelectorAll("a")) if (!LINK.test(link.getAttribute("href") ?? "")) link.replaceWith(...link.childNodes);
  for (const row of fragment.querySelectorAll("tr")) row.replaceWith(line(row));
  for (const table of fragment.querySelectorAll("table")) table.replaceWith(...table.querySelectorAll("p"));
  return document.importNode(fragment, true);
}

function line(row) {
  const words = row.ownerDocument.createElement("p");
  for (const cell of [...row.children]) words.append(...(words.hasChildNodes() ? [" "] : []), ...cell.childNodes);
  return words;
}

function escaped(text) {
  const box = document.createElement("div");
  box.textContent = text;
  return box.innerHTML;
}

const paragraphs = (text) =>
  text.split(/\n{2,}/).filter((part) => part.trim()).map((part) => `<p>${escaped(part.replace(/^\n|\n$/g, "")).replaceAll("\n", "<br>")}</p>`).join("");

// The place of a letter in a text node, whose spaces without width are no letters.
function place(data, letters) {
  let at = 0;
  while (at < data.length && (letters > 0 || data[at] === "\u200b")) if (data[at++] !== "\u200b") letters--;
  return at;
}

const bare = (data) => data.replaceAll("\u200b", "").replaceAll("\u00a0", " ");

// A line begins as the one before it ended: what was switched off there stays off, though Squire splits what stands before it.
function onward(squire) {
  const split = squire.splitBlock.bind(squire);
  squire.splitBlock = (...asked) => {
    const before = LETTERS.filter((tag) => squire.hasFormat(tag));
    split(...asked);
    for (const tag of LETTERS) if (!before.includes(tag) && squire.hasFormat(tag)) squire.changeFormat(null, { tag });
    return squire;
  };
}

export class Editor {
  constructor({ textTarget, htmlTarget, placeTarget, barTarget }, html) {
    [this.text, this.html, this.place] = [textTarget, htmlTarget, placeTarget];
    this.field = Object.assign(document.createElement("div"), { className: "input rich-field formatted", role: "textbox", ariaMultiLine: "true" });
    this.field.ariaLabel = this.text.labels[0]?.textContent ?? "";
    this.field.dataset.placeholder = this.text.placeholder;
    for (const name of ["aria-controls", "aria-describedby", "aria-invalid"]) {
      if (this.text.hasAttribute(name)) this.field.setAttribute(name, this.text.getAttribute(name));
    }
    this.place.replaceChildren(document.importNode(barTarget.content, true), this.field);
    if (!document.head.querySelector(`link[href="${sheet}"]`)) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet }));
    this.squire = new Squire(this.field, { blockTag: "P", sanitizeToDOMFragment: clean, didError: (error) => console.error(error) });
    onward(this.squire);
    this.squire.setHTML(html || paragraphs(this.text.value));
    this.listen();
    [this.place.hidden, this.html.disabled, this.text.tabIndex] = [false, false, -1];
    this.text.classList.add("unseen");
    this.squire.moveCursorToEnd();
    this.wrote();
    if (document.activeElement === this.text) this.focus();
  }

  listen() {
    this.squire.addEventListener("input", this.wrote);
    for (const type of ["pathChange", "select", "cursor"]) this.squire.addEventListener(type, this.press);
    this.squire.addEventListener("blur", this.left);
    this.squire.setKeyHandler(`${MAC ? "Meta" : "Ctrl"}-k`, (_, event) => {
      event.preventDefault();
      this.ask();
    });
    // A click on a picture would give it handles, which set styles.
    this.field.addEventListener("click", (event) => event.target.nodeName === "IMG" && event.stopPropagation());
    this.text.addEventListener("input", this.took);
    this.text.addEventListener("focus", this.focus);
    this.bar = this.place.querySelector("[role=toolbar]");
    this.bar.addEventListener("click", this.act);
    this.bar.addEventListener("keydown", this.step);
    // What has the selection keeps it.
    this.bar.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
    this.buttons = [...this.bar.querySelectorAll("[data-rich]")];
    for (const button of this.buttons) button.title += button.dataset.richKeys ? ` (${MAC ? "⌘" : "Ctrl+"}${button.dataset.richKeys})` : "";
    this.address = this.bar.querySelector("input");
    this.press();
  }

  remove() {
    this.squire.destroy();
    this.text.removeEventListener("input", this.took);
    this.text.removeEventListener("focus", this.focus);
    [this.place.hidden, this.html.disabled] = [true, true];
    this.place.replaceChildren();
    this.text.removeAttribute("tabindex");
    this.text.classList.remove("unseen");
  }

  left = () => {
    const { caret } = this.read();
    this.text.setSelectionRange(caret, caret);
    this.text.dispatchEvent(new Event("blur"));
  };

  focus = () => this.squire.focus();

  holds(node) {
    return this.field.contains(node);
  }

  get isPlain() {
    return !this.field.querySelector("b, i, u, s, a, ul, ol, blockquote, pre, code, img");
  }

  // A picture that went up stands where the caret is.
  show(address, alt) {
    this.squire.insertImage(address, { alt });
    this.wrote();
  }

  // The words as text, where each of them stands, and where the caret is.
  read() {
    let [words, gap, caret] = ["", "", 0];
    const pieces = [];
    const { startContainer, startOffset } = this.squire.getSelection();
    const put = (part) => {
      if (words) words += gap;
      gap = "";
      words += part;
    };
    const part = (wide) => {
      if (gap.length < wide.length) gap = wide;
    };
    const visit = (node) => {
      if (node === startContainer && node.nodeType !== Node.TEXT_NODE) caret = words.length;
      if (node.nodeType === Node.TEXT_NODE) {
        if (!bare(node.data)) return;
        put("");
        pieces.push({ node, at: words.length });
        if (node === startContainer) caret = words.length + bare(node.data.slice(0, startOffset)).length;
        words += bare(node.data);
      } else if (node.nodeName === "BR") {
        if (node.nextSibling) put("\n");
      } else if (node.nodeName === "IMG") {
        put(`[${node.alt}]`);
      } else {
        const wide = { LI: "\n", P: "\n\n", DIV: "\n", PRE: "\n\n", UL: "\n\n", OL: "\n\n", BLOCKQUOTE: "\n\n" }[node.nodeName] ?? "";
        part(wide);
        if (node.nodeName === "LI" && node.textContent.trim()) put(node.parentNode.nodeName === "OL" ? `${[...node.parentNode.children].indexOf(node) + 1}. ` : "- ");
        node.childNodes.forEach(visit);
        part(wide);
      }
      if (node === startContainer && node.nodeType !== Node.TEXT_NODE && startOffset > 0) caret = words.length;
    };
    visit(this.field);
    return { words, pieces, caret };
  }

  // The hidden field says what the editor says.
  wrote = () => {
    const { words, pieces, caret } = this.read();
    const html = this.squire.getHTML();
    this.place.classList.toggle("empty", !words && this.isPlain);
    this.pieces = pieces;
    if (this.words === words && this.html.value === html) return;
    [this.text.value, this.words, this.html.value] = [words, words, html];
    this.text.setSelectionRange(caret, caret);
    this.isTelling = true;
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.isTelling = false;
  };

  // Something else has changed the field: what is new in it comes into the editor at its place.
  took = () => {
    const [before, now] = [this.words, this.text.value];
    if (this.isTelling || before === now) return;
    if (!now) return this.clear();
    const most = Math.min(before.length, now.length);
    let [from, behind] = [0, 0];
    while (from < most && before[from] === now[from]) from++;
    while (behind < most - from && before.at(-1 - behind) === now.at(-1 - behind)) behind++;
    this.select(from, before.length - behind);
    this.insert(now.slice(from, now.length - behind), from > 0);
    this.wrote();
  };

  clear() {
    this.squire.setHTML("");
    this.wrote();
  }

  select(from, to) {
    if (!this.pieces.length) return this.squire.moveCursorToEnd();
    const range = document.createRange();
    range.setStart(...this.point(from));
    range.setEnd(...this.point(to));
    this.squire.setSelection(range);
  }

  point(offset) {
    const piece = this.pieces.findLast(({ at }) => at <= offset) ?? this.pieces[0];
    return [piece.node, place(piece.node.data, Math.max(0, offset - piece.at))];
  }

  insert(words, isBehind) {
    if (!words.includes("\n")) return this.squire.insertPlainText(words, false);
    if (isBehind && words.startsWith("\n")) this.squire.splitBlock(false);
    this.squire.insertHTML(paragraphs(words));
  }

  // The toolbar.
  press = () => {
    for (const button of this.buttons) {
      const names = (ACTS[button.dataset.rich]?.[0] ?? "A").split(" ");
      button.ariaPressed = String(names.some((name) => this.squire.hasFormat(name)));
    }
  };

  act = ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if (button.dataset.rich === "link") return this.ask();
    if (!button.dataset.rich) return this.lead();
    const [, on, off] = ACTS[button.dataset.rich];
    this.squire[button.ariaPressed === "true" ? off : on]();
    this.squire.focus();
    this.press();
    this.wrote();
  };

  // Arrows move between the buttons, and Enter in the field of an address takes it.
  step = (event) => {
    const { key, target } = event;
    if (target === this.address) {
      if (key !== "Enter" && key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      if (key === "Enter") this.lead();
      else this.rest();
      return;
    }
    const by = { ArrowRight: 1, ArrowLeft: -1 }[key] * (getComputedStyle(this.bar).direction === "rtl" ? -1 : 1);
    if (!by) return;
    event.preventDefault();
    const next = this.buttons.at((this.buttons.indexOf(target) + by) % this.buttons.length);
    this.buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next.focus();
  };

  ask() {
    this.range = this.squire.getSelection();
    const inside = this.range.commonAncestorContainer;
    const link = (inside.nodeType === Node.TEXT_NODE ? inside.parentNode : inside).closest("a");
    this.address.value = link?.getAttribute("href") ?? "";
    this.address.parentNode.hidden = false;
    this.address.focus();
  }

  lead() {
    const typed = this.address.value.trim();
    const address = !typed || LINK.test(typed) ? typed : typed.includes("@") ? `mailto:${typed}` : `https://${typed}`;
    this.squire.setSelection(this.range);
    if (!address) this.squire.removeLink();
    else this.squire.makeLink(address);
    this.rest();
    this.wrote();
  }

  rest() {
    this.address.parentNode.hidden = true;
    this.squire.setSelection(this.range);
    this.squire.focus();
    this.press();
  }
}
