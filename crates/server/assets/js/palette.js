// The command palette: every command of this page by name, the recent ones first, and below them what the server finds. A
// thing that was found offers what can be done with it as a second step; Escape and Backspace lead back.
import { Controller } from "../vendor/stimulus.js";
import { offered, register, run } from "./commands.js";
import { Finder, go, marked } from "./found.js";

const RECENT = "tandem-recent";
const KEPT = 5;

let present;

/// Opens the palette with what can be chosen, as its second step. `more` gives further steps for what was typed, `find` makes
/// steps of what the server finds for it.
export function choose(title, steps, { more, find } = {}) {
  present?.ask(title, steps, { more, find });
}

export default class extends Controller {
  static targets = ["input", "list", "none"];
  static values = { open: String, all: String };

  connect() {
    present = this;
    register("palette", () => this.toggle());
    this.finder = new Finder();
    this.closed = () => this.finder.stop();
    this.element.addEventListener("close", this.closed);
    this.beside = (event) => event.target === this.element && this.element.close();
    this.element.addEventListener("click", this.beside);
    // The page around it was made anew.
    if (this.element.open && this.commands) this.search();
  }

  disconnect() {
    this.finder.stop();
    this.element.removeEventListener("close", this.closed);
    this.element.removeEventListener("click", this.beside);
  }

  toggle() {
    if (this.element.open) return this.element.close();
    // Asked before the dialog opens: afterwards the page behind it offers nothing.
    this.commands = offered().filter((command) => command.id !== "palette");
    this.placeholder ??= this.inputTarget.placeholder;
    this.element.showModal();
    this.begin("");
  }

  ask(title, steps, { more, find }) {
    if (!this.element.open) {
      this.commands = offered().filter((command) => command.id !== "palette");
      this.element.showModal();
    }
    this.placeholder ??= this.inputTarget.placeholder;
    // Nothing to go back to: this is where it began.
    this.left = undefined;
    [this.chosen, this.more, this.find] = [steps, more, find];
    this.inputTarget.placeholder = title;
    this.inputTarget.value = "";
    this.search();
  }

  // The first step: all commands, and what the server finds for the text.
  begin(text) {
    this.chosen = this.more = this.find = null;
    this.inputTarget.placeholder = this.placeholder;
    this.inputTarget.value = text;
    this.search();
  }

  // The second step: what can be done with a thing that was found.
  offer(item) {
    this.left = this.inputTarget.value;
    const open = { title: this.openValue, icon: "corner-down-left", path: item.path, id: "open" };
    this.chosen = [open, ...item.steps];
    this.more = this.find = null;
    this.inputTarget.placeholder = item.title.map(([text]) => text).join("");
    this.inputTarget.value = "";
    this.search();
  }

  search() {
    const text = this.inputTarget.value.trim();
    if (this.chosen) return this.steps(fold(text));
    this.commandsFor(fold(text));
    this.finder.ask(text, (groups) => this.found(text, groups));
    if (text) this.found(text, []);
  }

  steps(asked) {
    this.finder.stop();
    const worth = (step) => score(asked, { title: step.title, words: "" });
    const fits = this.chosen.filter((step) => worth(step) > 0).sort((a, b) => worth(b) - worth(a));
    const typed = this.inputTarget.value.trim();
    this.list(fits.concat(this.more?.(typed) ?? []));
    if (this.find) {
      this.noneTarget.hidden = true;
      this.finder.ask(typed, (groups) => this.list(this.find?.(groups) ?? []));
    }
  }

  list(steps) {
    const act = (step) => () => (step.run ? step.run() : go(step));
    const row = (step, at) => this.row({ id: `step-${at}`, ...step }, [step.title], act(step));
    this.show([this.group(this.inputTarget.placeholder, steps.map(row))], steps.length);
  }

  // Below the commands, so that the marked row stays where it is; the way to all results stands last.
  found(text, groups) {
    for (const old of this.listTarget.querySelectorAll("[data-found]")) old.remove();
    const all = { id: "all", icon: "search", path: `/search?${new URLSearchParams({ q: text })}` };
    const rows = groups.map((group) => this.group(group.name, group.items.map((item) => this.hit(item))));
    rows.push(this.group("", [this.row(all, [this.allValue.replace("%", () => text)], () => go(all))]));
    for (const row of rows) row.dataset.found = "";
    this.listTarget.append(...rows);
    this.noneTarget.hidden = true;
    if (!this.marked?.isConnected || this.marked.id === "palette-all") this.mark(this.options[0], false);
  }

  hit(item) {
    const act = () => (item.steps.length ? this.offer(item) : go(item));
    const option = this.row(item, marked(item.title), act, item.note);
    option.open = () => go(item);
    if (item.steps.length) {
      option.append(icon("chevron-right"));
      option.stays = true;
    }
    return option;
  }

  row({ id, icon: name }, title, act, note = "") {
    const option = element("div", { role: "option", className: "palette-option", id: `palette-${id}`, ariaSelected: "false" });
    const words = element("span", { className: "palette-words" });
    const main = element("span", { className: "truncate" });
    main.append(...title);
    words.append(main);
    if (note) words.append(element("span", { className: "truncate palette-note", textContent: note }));
    option.append(icon(name), words);
    option.act = act;
    return option;
  }

  show(groups, count) {
    this.listTarget.replaceChildren(...groups);
    this.noneTarget.hidden = count > 0;
    this.mark(this.options[0]);
  }

  commandsFor(asked) {
    const recent = recentIds();
    const groups = new Map();
    for (const command of this.matching(asked, recent)) {
      const group = !asked && recent.includes(command.id) ? "" : command.group;
      groups.set(group, [...(groups.get(group) ?? []), command]);
    }
    const rows = [...groups].map(([name, commands]) => this.group(name, commands.map((command) => this.option(command))));
    this.show(rows, groups.size);
  }

  matching(asked, recent) {
    // Every page of the settings begins with that word, which alone means the place that leads to them all.
    const behind = (command) => (command.id.startsWith("settings-") ? 120 : 0);
    const worth = (command) => score(asked, command) - behind(command) + (recent.includes(command.id) ? 50 - recent.indexOf(command.id) : 0);
    const found = this.commands.filter((command) => score(asked, command) > 0);
    return asked ? found.sort((a, b) => worth(b) - worth(a)).slice(0, 12) : [...found].sort((a, b) => order(a, recent) - order(b, recent));
  }

  group(name, options) {
    const group = element("div", { role: "group", className: "palette-group" });
    if (name) {
      group.ariaLabel = name;
      group.append(element("div", { className: "palette-head", textContent: name, ariaHidden: "true" }));
    }
    group.append(...options);
    return group;
  }

  option(command) {
    const option = element("div", { role: "option", className: "palette-option", id: `palette-${command.id}`, ariaSelected: "false" });
    option.append(icon(command.icon), element("span", { className: "truncate", textContent: command.title }));
    if (command.keys) option.append(keys(command.keys));
    option.act = () => {
      remember(command.id);
      run(command);
    };
    return option;
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const at = this.options.indexOf(this.marked);
      this.mark(this.options.at((at + step) % this.options.length));
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.choose(this.marked, event.ctrlKey || event.metaKey);
    } else if (this.chosen && (event.key === "Escape" || (event.key === "Backspace" && !this.inputTarget.value))) {
      event.preventDefault();
      if (this.left !== undefined) this.begin(this.left);
      else if (event.key === "Escape") this.element.close();
    }
  }

  point(event) {
    this.mark(event.target.closest("[role=option]") ?? this.marked, false);
  }

  press(event) {
    this.choose(event.target.closest("[role=option]"));
  }

  mark(option, scroll = true) {
    this.marked?.setAttribute("aria-selected", "false");
    this.marked = option;
    this.inputTarget.setAttribute("aria-activedescendant", option?.id ?? "");
    option?.setAttribute("aria-selected", "true");
    if (scroll) option?.scrollIntoView({ block: "nearest" });
  }

  // With ⌘ or Ctrl a thing that was found opens at once.
  choose(option, straight = false) {
    if (!option) return;
    if (option.stays && !straight) return option.act();
    this.element.close();
    if (straight && option.open) option.open();
    else option.act();
  }

  get options() {
    return [...this.listTarget.querySelectorAll("[role=option]")];
  }
}

// Whole beginnings beat beginnings of words, those beat letters in order; synonyms count a little less than the name.
function score(asked, command) {
  if (!asked) return 1;
  const grade = (text) => {
    const at = text.indexOf(asked);
    if (at === 0) return 400;
    if (at > 0) return text[at - 1] === " " ? 300 : 200;
    return asked.length > 1 && inOrder(asked, text) ? 60 : 0;
  };
  return Math.max(grade(fold(command.title)), ...fold(command.words).split(" ").map((word) => (word.startsWith(asked) ? 250 : 0)));
}

function inOrder(asked, text) {
  let at = -1;
  return [...asked].every((letter) => (at = text.indexOf(letter, at + 1)) >= 0);
}

function order(command, recent) {
  return recent.includes(command.id) ? recent.indexOf(command.id) - KEPT : 0;
}

export function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i").replaceAll("ł", "l").replaceAll("ə", "e");
}

function recentIds() {
  return JSON.parse(localStorage.getItem(RECENT) ?? "[]");
}

function remember(id) {
  const ids = [id, ...recentIds().filter((other) => other !== id)].slice(0, KEPT);
  localStorage.setItem(RECENT, JSON.stringify(ids));
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

function icon(name) {
  const svg = document.querySelector(".icon").cloneNode(true);
  const use = svg.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${name}`));
  return svg;
}

function keys(text) {
  const names = { mod: /Mac/.test(navigator.platform) ? "⌘" : "Ctrl", shift: "⇧", enter: "↵", escape: "Esc" };
  const span = element("span", { className: "keys", ariaHidden: "true" });
  span.append(...text.split(/[ +]/).map((key) => element("kbd", { textContent: names[key] ?? key.toUpperCase() })));
  return span;
}
