// The registry of commands as this page has it, and how each is carried out.
//
// The server writes every command of the person into <script id="commands">. One with a path leads there; one that a page
// marks with data-command="id" presses that mark; the rest are functions registered here by id.

const acts = new Map();

/// Gives a command its function; `offered` says whether the present page has use for it. Marks of a command that `isPressed`
/// do nothing by themselves: a click on one runs the function too.
export function register(id, run, offered = () => true, isPressed = true) {
  acts.set(id, { run, offered, isPressed });
}

/// Every command that this page offers, in the order of the table.
export function offered() {
  const source = document.getElementById("commands");
  const all = source ? JSON.parse(source.textContent) : [];
  return all.filter((command) => command.path || acts.get(command.id)?.offered() || mark(command.id));
}

/// Carries a command out.
export function run(command) {
  const act = acts.get(command.id);
  const marked = mark(command.id);
  // What a script does on some pages is pressed on others.
  if (act?.offered()) act.run();
  else if (marked) press(marked);
  else if (command.dialog) window.Turbo.visit(command.path, { frame: "sheet" });
  else if (command.path) window.Turbo.visit(command.path);
}

// A menu that a command opens has the focus at once: whoever came by key goes on by key.
function press(marked) {
  marked.click();
  const menu = marked.matches("summary") ? marked.closest("details.menu[open]") : null;
  menu?.querySelector(".menu-list :is(a, button, select, textarea, input:not([type=hidden])):not(:disabled)")?.focus();
}

// The nearest mark wins: in an open dialog, in the row that has focus, then anywhere on the page.
function mark(id) {
  const selector = `[data-command="${CSS.escape(id)}"]:not(:disabled)`;
  const dialog = document.querySelector("dialog:modal");
  const row = document.activeElement?.closest("[data-row]");
  const scopes = dialog ? [dialog] : [row, document];
  for (const scope of scopes) {
    // What stands in a row of a list by keyboard is for the row that has focus.
    const meant = (element) => element.checkVisibility() && (scope !== document || !element.closest("[data-list-keep-value] [data-row]"));
    const found = [...(scope?.querySelectorAll(selector) ?? [])].filter(meant);
    // Of all that can be undone the newest is meant, and it stands last.
    if (found.length) return id === "undo" ? found.at(-1) : found[0];
  }
  return null;
}

document.addEventListener("click", (event) => {
  const marked = event.target.closest?.("[data-command]");
  const act = marked && acts.get(marked.dataset.command);
  if (act?.isPressed && act.offered()) act.run();
});
