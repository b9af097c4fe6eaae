// "Show more" appends the next part of a list in place; without scripts it is a link to the next page. A refresh fetches
// as many parts as the person had.
import { Controller } from "../vendor/stimulus.js";

const MOST = 20;

export default class extends Controller {
  static values = { list: String };

  async load(event) {
    const link = event.currentTarget;
    event.preventDefault();
    if (link.ariaBusy === "true") return;
    link.ariaBusy = "true";
    const list = document.getElementById(this.listValue);
    const rows = await append(link, this.element, list);
    if (!rows) return window.Turbo.visit(link.href);
    list.dataset.parts = Number(list.dataset.parts ?? 0) + 1;
    (rows[0]?.querySelector("a, button, input") ?? rows[0])?.focus?.({ preventScroll: true });
  }
}

// Appends what the link leads to, and puts the next link in the place of this one; nothing when the server refuses.
async function append(link, place, list) {
  const response = await fetch(link.href, { headers: { Accept: "text/html" } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const rows = [...(page.getElementById(list.id)?.children ?? [])];
  list.append(...rows);
  const next = nextOf(page, list.id);
  if (next) place.replaceWith(next);
  else place.remove();
  return rows;
}

const nextOf = (page, id) => page.querySelector(`[data-more-list-value="${CSS.escape(id)}"]`);

document.addEventListener("turbo:before-render", (event) => {
  if (event.detail.renderMethod === "morph") wait(event, document, event.detail.newBody);
});
document.addEventListener("turbo:before-frame-render", (event) => wait(event, event.target, event.detail.newFrame));

function wait(event, old, fresh) {
  const grown = [...old.querySelectorAll("[data-parts]")].filter((list) => inside(fresh, list.id));
  if (!grown.length) return;
  event.preventDefault();
  Promise.all(grown.map((list) => grow(fresh, list))).finally(() => event.detail.resume());
}

const inside = (page, id) => page.querySelector(`#${CSS.escape(id)}`);

async function grow(page, { id, dataset }) {
  const list = inside(page, id);
  for (let part = 0; list && part < Math.min(dataset.parts, MOST); part++) {
    const place = nextOf(page, id);
    const link = place?.querySelector("a");
    if (!link || !(await append(link, place, list).catch(() => undefined))) return;
    list.dataset.parts = part + 1;
  }
}
