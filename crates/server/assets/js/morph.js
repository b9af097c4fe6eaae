// What a person is doing survives a refresh: typed text, open menus and details, a chosen option.
document.addEventListener("turbo:before-morph-element", (event) => {
  if (isTouched(event.target)) event.preventDefault();
});

document.addEventListener("turbo:before-morph-attribute", (event) => {
  if (event.detail.attributeName === "open" && event.target.matches("details, dialog")) event.preventDefault();
});

function isTouched(element) {
  if (element.matches("input[type=checkbox], input[type=radio]")) return element.checked !== element.defaultChecked;
  if (element.matches("input:not([type=hidden]), textarea")) return element.value !== element.defaultValue || element === document.activeElement;
  if (element.matches("select")) return [...element.options].some((option) => option.selected !== option.defaultSelected);
  return false;
}
