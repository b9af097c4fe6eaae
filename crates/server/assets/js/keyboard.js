// Keys carry commands out. Single keys never act while typing, and not at all when the person switched them off; a letter
// of another alphabet counts as the Latin one on the same key.
import { offered, run } from "./commands.js";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const NAMES = { " ": "space", ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };
// What stands on the keys of a Latin keyboard, for layouts that have letters there; and above, what people type with Shift.
const SIGNS = { BracketLeft: "[", BracketRight: "]", Semicolon: ";", Quote: "'", Comma: ",", Period: ".", Slash: "/", Minus: "-", Equal: "=", Backquote: "`", Backslash: "\\" };
const ABOVE = { Digit3: "#", Slash: "?" };
const WAIT = 1_000;

let pressed = [];
let timer;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.key === "Dead") return;
  const step = stepOf(event);
  if (!step) return;
  const modified = step.startsWith("mod+");
  // What was typed is taken back, and chosen, by the field itself.
  if (isTyping(event.target) && ["mod+a", "mod+z"].includes(step)) return;
  if (!modified && (isTyping(event.target) || (document.documentElement.dataset.keys === "off" && step !== "escape"))) return;
  if (document.querySelector("dialog:modal") && !modified) return;
  forget();
  pressed.push(step);
  const commands = offered().filter((command) => command.keys);
  const exact = find(commands, pressed) ?? find(commands, [step]);
  if (exact) {
    event.preventDefault();
    pressed = [];
    run(exact);
  } else {
    if (!commands.some((command) => command.keys.startsWith(`${pressed.join(" ")} `))) pressed = [];
    timer = setTimeout(() => (pressed = []), WAIT);
  }
});

// ⌘ where people say ⌘.
function dress() {
  if (!MAC) return;
  for (const key of document.querySelectorAll('[data-keys*="mod+"] kbd')) if (key.textContent === "Ctrl") key.textContent = "⌘";
}
document.addEventListener("turbo:load", dress);
document.addEventListener("turbo:morph", dress);
document.addEventListener("turbo:frame-load", dress);

function find(commands, steps) {
  return commands.find((command) => command.keys === steps.join(" "));
}

function forget() {
  clearTimeout(timer);
}

function stepOf(event) {
  const key = keyOf(event);
  if (!key) return null;
  const mod = MAC ? event.metaKey : event.ctrlKey;
  const alt = event.altKey || event.getModifierState("AltGraph");
  // With Alt alone a letter is another letter, or the browser's; only signs are typed so on some keyboards.
  const isOther = event.altKey && key.length > 1;
  if ((MAC ? event.ctrlKey : event.metaKey) || isOther || (alt && !mod && /^[a-z0-9]$/.test(key))) return null;
  const shift = event.shiftKey && (key.length > 1 || /[a-z0-9]/.test(key));
  return [mod && "mod", event.altKey && mod && "alt", shift && "shift", key].filter(Boolean).join("+");
}

function keyOf(event) {
  if (["Control", "Shift", "Alt", "Meta", "CapsLock", "Unidentified"].includes(event.key)) return null;
  if (NAMES[event.key]) return NAMES[event.key];
  if (event.key.length > 1) return event.key.toLowerCase();
  const plain = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1] ?? SIGNS[event.code];
  const code = (event.shiftKey && ABOVE[event.code]) || plain;
  const latin = event.key.charCodeAt(0) < 128 ? event.key : code;
  return latin?.toLowerCase() ?? null;
}

function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select, [role=textbox], [role=combobox]")) return true;
  return target.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range])");
}
