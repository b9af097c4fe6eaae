// What a person is doing survives a refresh: typed text, open menus and details, a chosen option, a head that sticks. Everything else about a
// field is taken over, so that a refused form says at each field what is wrong.
const VALUES = ["value", "checked", "selected"];

document.addEventListener("turbo:before-morph-attribute", (event) => {
  const { target, detail: { attributeName } } = event;
  if (attributeName === "open" && target.matches("details, dialog")) event.preventDefault();
  if (attributeName === "data-fits") event.preventDefault();
  if (VALUES.includes(attributeName) && isTouched(target.closest("select") ?? target)) event.preventDefault();
});

// The text of a textarea is its content, which would be replaced under the caret.
document.addEventListener("turbo:before-morph-element", (event) => {
  if (event.target.matches("textarea:focus") && event.target.value === event.target.defaultValue) event.preventDefault();
});

function isTouched(element) {
  if (element.matches("input[type=checkbox], input[type=radio]")) return element.checked !== element.defaultChecked;
  if (element.matches("input:not([type=hidden]), textarea")) return element.value !== element.defaultValue || element === document.activeElement;
  if (element.matches("select")) return [...element.options].some((option) => option.selected !== option.defaultSelected);
  return false;
}
