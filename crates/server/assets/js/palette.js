// The command palette: every command of this page by name, the recent ones first.
import { Controller } from "../vendor/stimulus.js";
import { offered, register, run } from "./commands.js";

const RECENT = "tandem-recent";
const KEPT = 5;

export default class extends Controller {
  static targets = ["input", "list", "none"];

  connect() {
    register("palette", () => this.toggle());
    this.beside = (event) => event.target === this.element && this.element.close();
    this.element.addEventListener("click", this.beside);
  }

  disconnect() {
    this.element.removeEventListener("click", this.beside);
  }

  toggle() {
    if (this.element.open) return this.element.close();
    // Asked before the dialog opens: afterwards the page behind it offers nothing.
    this.commands = offered().filter((command) => command.id !== "palette");
    this.inputTarget.value = "";
    this.element.showModal();
    this.search();
  }

  search() {
    const asked = fold(this.inputTarget.value.trim());
    const recent = recentIds();
    const groups = new Map();
    for (const command of this.matching(asked, recent)) {
      const group = !asked && recent.includes(command.id) ? "" : command.group;
      groups.set(group, [...(groups.get(group) ?? []), command]);
    }
    this.listTarget.replaceChildren(...[...groups].map(([name, commands]) => this.group(name, commands)));
    this.noneTarget.hidden = groups.size > 0;
    this.mark(this.options[0]);
  }

  matching(asked, recent) {
    const worth = (command) => score(asked, command) + (recent.includes(command.id) ? 50 - recent.indexOf(command.id) : 0);
    const found = this.commands.filter((command) => score(asked, command) > 0);
    return asked ? found.sort((a, b) => worth(b) - worth(a)).slice(0, 12) : [...found].sort((a, b) => order(a, recent) - order(b, recent));
  }

  group(name, commands) {
    const group = element("div", { role: "group", className: "palette-group" });
    if (name) {
      group.ariaLabel = name;
      group.append(element("div", { className: "palette-head", textContent: name, ariaHidden: "true" }));
    }
    group.append(...commands.map((command) => this.option(command)));
    return group;
  }

  option(command) {
    const option = element("div", { role: "option", className: "palette-option", id: `palette-${command.id}`, ariaSelected: "false" });
    option.append(icon(command.icon), element("span", { className: "truncate", textContent: command.title }));
    if (command.keys) option.append(keys(command.keys));
    option.command = command;
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
      this.choose(this.marked);
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

  choose(option) {
    if (!option) return;
    this.element.close();
    remember(option.command.id);
    run(option.command);
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

function fold(text) {
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
