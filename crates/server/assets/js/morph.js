// What a person is doing survives a refresh: typed text, open menus and details, a chosen option, a head that sticks. Everything else about a
// field is taken over, so that a refused form says at each field what is wrong.
const VALUES = ["value", "checked", "selected"];

// Whether something else was chosen is asked before the first of the options changes: half a choice is none.
const touched = new WeakMap();

document.addEventListener("turbo:before-morph-element", ({ target }) => target.matches("select") && touched.set(target, isTouched(target)));

document.addEventListener("turbo:before-morph-attribute", (event) => {
  const { target, detail: { attributeName } } = event;
  if (attributeName === "open" && target.matches("details, dialog")) event.preventDefault();
  if (attributeName === "data-fits") event.preventDefault();
  if (VALUES.includes(attributeName) && isKept(target)) event.preventDefault();
});

// The text of a textarea is its content, which would be replaced under the caret.
document.addEventListener("turbo:before-morph-element", (event) => {
  if (event.target.matches("textarea:focus") && event.target.value === event.target.defaultValue) event.preventDefault();
});

function isKept(element) {
  const select = element.closest("select");
  return select ? (touched.get(select) ?? isTouched(select)) : isTouched(element);
}

function isTouched(element) {
  if (element.matches("input[type=checkbox], input[type=radio]")) return element.checked !== element.defaultChecked;
  if (element.matches("input:not([type=hidden]), textarea")) return element.value !== element.defaultValue || element === document.activeElement;
  if (element.matches("select")) return [...element.options].some((option) => option.selected !== option.defaultSelected);
  return false;
}
