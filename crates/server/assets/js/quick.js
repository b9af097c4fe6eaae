// A small act shows at once: the template that its button or its form names stands in its place while the server is asked, or
// what a choice says does. What the server then says is what stays; when it refuses, what was there comes back, with a
// sentence why. Undoing such an act shows at once too.
import { Controller } from "../vendor/stimulus.js";
import { hold, release } from "./live.js";
import { over } from "./over.js";
import { toast } from "./toasts.js";

const byId = (id) => document.getElementById(id);
const copies = (place) => [...place.childNodes].map((node) => node.cloneNode(true));

// The acts that the server has done and has not spoken of yet: the address of their page, and what was in each place before.
let unsaid = [];
// The act that each toast speaks of.
const spoken = new WeakMap();

export default class extends Controller {
  // `place`: where the named template goes. `places`: of a form of choices, for each field where its choice shows, and how the
  // names of the templates begin.
  static values = { place: String, places: Object };

  async act(event) {
    const form = this.element;
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const swaps = this.named(event, body).concat(this.chosen(body));
    if (!swaps.length && !this.hasPlacesValue) return;
    event.preventDefault();
    const menu = form.closest(".menu[open]");
    menu?.removeAttribute("open");
    const isLost = swaps.some(([place]) => place.contains(document.activeElement));
    const rest = menu ?? (isLost ? form.closest("[data-quick-rest]") : null);
    const before = swaps.map(([place]) => [place.id, copies(place)]);
    const onward = onwardFrom(form);
    swaps.forEach(([place, content]) => place.replaceChildren(content));
    rest?.querySelector("summary")?.focus();
    const isDone = await sent(form.action, body, () => back(before));
    if (isDone) {
      settle(form, body);
      unsaid.push({ page: location.href, before });
      if (onward) window.Turbo.visit(onward);
    } else {
      // A page that asks for more.
      if (isDone === null) window.Turbo.navigator.submitForm(form, event.submitter);
      for (const option of form.querySelectorAll("option")) option.selected = option.defaultSelected;
    }
    release();
  }

  named(event, body) {
    const place = byId(this.placeValue);
    const template = byId(event.submitter?.dataset.quick ?? this.element.dataset.quick);
    return place && template ? [[place, filled(template, place, body)]] : [];
  }

  chosen(body) {
    return Object.entries(this.placesValue).flatMap(([name, [id, prefix]]) => {
      const place = byId(id);
      const option = this.element.elements[name]?.selectedOptions?.[0];
      if (!place || !option || option.defaultSelected) return [];
      const template = byId(prefix + option.value);
      return [[place, template ? filled(template, place, body) : option.text]];
    });
  }
}

// Where whoever is done with a ticket of a list goes on, as they wish; the server says the same where no script does.
function onwardFrom(form) {
  const wish = document.documentElement.dataset.after;
  if (!form.elements.onward || wish === "stay") return undefined;
  const address = (row) => row?.querySelector("a")?.href;
  const list = [...document.querySelectorAll(".crumbs a")].at(-1)?.href;
  if (wish === "list") return list;
  const next = document.querySelector(".ticket-row.current + .ticket-row");
  return address(next) ?? address(document.querySelector(".ticket-row:not(.current)")) ?? list;
}

// A copy of a template with what was typed; beside what is there already, where it says so.
function filled(template, place, body) {
  const content = template.content.cloneNode(true);
  for (const slot of content.querySelectorAll("[data-quick-text]")) slot.textContent = body.get(slot.dataset.quickText);
  if ("quickAdd" in template.dataset) content.prepend(...copies(place));
  return content;
}

function back(before) {
  for (const [id, nodes] of before) byId(id)?.replaceChildren(...nodes);
}

// What was sent is how it is now: the form begins from there, whatever comes next.
function settle(form, body) {
  for (const option of form.querySelectorAll("option")) option.defaultSelected = option.selected;
  for (const seen of form.querySelectorAll("[name^=seen_]")) seen.value = body.get(seen.name.slice(5)) ?? seen.value;
  form.reset();
}

// Whether the server did what was asked; if not, things are put `back`, and it says why where it has words for it.
async function sent(action, body, back) {
  hold();
  const refusal = await refused(action, body);
  if (refusal === undefined) return true;
  back();
  if (refusal === null) return null;
  toast(byId("toast-refused"), refusal);
  return false;
}

async function refused(action, body) {
  const headers = { accept: "application/problem+json" };
  try {
    const answer = await fetch(action, { method: "POST", body, headers, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.ok) return undefined;
    if (answer.status === 401) over();
    if (answer.headers.get("content-type")?.includes("html")) return null;
    return (await answer.json()).told ?? "";
  } catch {
    return "";
  }
}

document.addEventListener("turbo:submit-start", () => (unsaid = []));
document.addEventListener("submit", undo, true);

// What a toast says is about the one act before it. After several it may be about any of them, and then only the server
// knows how to undo it.
document.addEventListener("toast", ({ target }) => {
  if (!(target instanceof HTMLElement) || target.matches(".bad")) return;
  if (unsaid.length === 1) spoken.set(target, unsaid[0]);
  unsaid = [];
});

async function undo(event) {
  const form = event.target;
  const toast = form.closest?.(".toast");
  const act = toast && spoken.get(toast);
  if (act?.page !== location.href) return;
  event.preventDefault();
  const { before } = act;
  const after = before.flatMap(([id]) => (byId(id) ? [[id, copies(byId(id))]] : []));
  toast.remove();
  back(before);
  await sent(form.action, new URLSearchParams(new FormData(form, event.submitter)), () => back(after));
  release();
}
