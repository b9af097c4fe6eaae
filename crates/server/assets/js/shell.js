// The commands that the shell itself carries out.
import { register } from "./commands.js";
import { toast } from "./toasts.js";

const root = document.documentElement;
const drawer = () => document.getElementById("drawer");

register("drawer", toggleDrawer, () => Boolean(drawer()));
register("back", back, () => Boolean(document.querySelector(".crumbs a")));
register("rail", () => document.getElementById("rail-form")?.requestSubmit());
for (const theme of ["light", "dark", "system", "contrast"]) {
  register(`theme-${theme}`, () => wish("theme", theme), () => root.dataset.theme !== theme);
}

// Who has chosen no zone is asked whether the browser's is theirs, once for each zone; a stranger's dates simply stand in it.
// Browsers that hide where they are say UTC.
const OFFERED = "tandem-zone-offered";
document.addEventListener("turbo:load", () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (root.dataset.zone === "") wish("zone", zone);
  else if (root.dataset.zone && root.dataset.zone !== zone && !/UTC|GMT/.test(zone)) offer(zone);
});

function offer(zone) {
  const template = document.getElementById("toast-zone");
  if (!template || document.querySelector("#toasts [data-stays]") || localStorage.getItem(OFFERED) === zone) return;
  const shown = toast(template, template.dataset.text.replace("%", () => zone.replaceAll("_", " ")));
  const { elements } = shown.querySelector("form");
  elements.zone.value = zone;
  elements.back.value = location.pathname + location.search;
  shown.addEventListener("click", (event) => event.target.closest("button") && localStorage.setItem(OFFERED, zone));
}

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
