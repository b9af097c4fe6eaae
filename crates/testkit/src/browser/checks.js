// What axe does not look at: focus that cannot be seen, or lies under something.
const seen = (element) => {
  const style = getComputedStyle(element);
  return ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderColor", "backgroundColor", "textDecorationLine"].map((name) => style[name]).join("|");
};
const named = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
const modal = document.querySelector("dialog:modal");
const focusable = "a[href], button:not(:disabled), input:not([type=hidden], :disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex='0']";
const before = document.activeElement;
const faults = [];
for (const element of (modal ?? document).querySelectorAll(focusable)) {
  if (element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true }) || element.closest("[inert]")) continue;
  document.activeElement?.blur();
  const plain = seen(element);
  const framed = element.closest("label, .switch, .choice");
  const plainFrame = framed && seen(framed);
  element.focus({ focusVisible: true });
  if (document.activeElement !== element) continue;
  if (seen(element) === plain && (!framed || seen(framed) === plainFrame)) faults.push(`no focus to be seen: ${named(element)}`);
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
  if (!width || !height) continue;
  const points = [[(left + right) / 2, (top + bottom) / 2], [left + 2, top + 2], [right - 2, bottom - 2], [left + 2, bottom - 2], [right - 2, top + 2]];
  const isUncovered = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || top.contains(element) || element.closest("label")?.contains(top) || [...(element.labels ?? [])].some((label) => label.contains(top)));
  });
  if (!isUncovered) faults.push(`focus lies under something or outside: ${named(element)}`);
}
before?.focus?.({ preventScroll: true });
scrollTo(0, 0);
return faults;
