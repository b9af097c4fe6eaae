// The commands that the shell itself carries out.
import { register } from "./commands.js";

const root = document.documentElement;
const drawer = () => document.getElementById("drawer");

register("drawer", toggleDrawer, () => Boolean(drawer()));
register("back", back, () => Boolean(document.querySelector(".crumbs a")));
register("rail", () => document.getElementById("rail-form")?.requestSubmit());
for (const theme of ["light", "dark", "system", "contrast"]) {
  register(`theme-${theme}`, () => wish("theme", theme), () => root.dataset.theme !== theme);
}

// The browser's zone, told once, so that dates stand in it.
document.addEventListener("turbo:load", () => {
  if (root.dataset.zone === "") wish("zone", Intl.DateTimeFormat().resolvedOptions().timeZone);
});

/// Shows a preference at once and has the server remember it.
export function wish(name, value) {
  root.dataset[name] = value;
  return fetch("/preferences", {
    method: "POST",
    body: new URLSearchParams({ [name]: value }),
    headers: { Accept: "application/json" },
  });
}

function toggleDrawer() {
  const button = document.getElementById("drawer-button");
  if (button.checkVisibility()) drawer().togglePopover();
  else root.dataset.drawer = root.dataset.drawer === "closed" ? "open" : "closed";
}

function back() {
  const focused = document.activeElement;
  if (focused && focused !== document.body && !focused.matches("main, h1, a, button")) focused.blur();
  else [...document.querySelectorAll(".crumbs a")].at(-1)?.click();
}
