// What a command lets one choose is the second step of the palette: what stands in the form of the open ticket, or in the bar
// that changes many, while rows of the list are chosen. Where no ticket is open, the row that has the focus is meant.
import { register } from "./commands.js";
import { choose, fold } from "./palette.js";

const open = () => document.getElementById("ticket-fields");
const bar = () => document.querySelector("form#bulk[action='/tickets/bulk']");
const chosen = () => document.querySelectorAll(".row-check[form=bulk]:checked");
const row = () => document.activeElement?.closest("#ticket-rows [data-row]");
const isMany = () => Boolean(bar()) && (chosen().length > 0 || (!open() && Boolean(row())));
const isHere = () => Boolean(open()) || isMany();

// What pages have marks for is done to the chosen rows while there are any.
register("hand-on", () => offer("hand-on", ["agent", "team"]), isHere, false);
register("snooze", () => offer("snooze", ["snooze"]), isMany, false);
register("macro", () => offer("macro", ["macro"]), isMany, false);
register("solve", () => press("solve"), isMany, false);
register("take", () => press("take"), isMany, false);

register("status", () => offer("status", ["status"]), isHere);
register("priority", () => offer("priority", ["priority"]), isHere);
register("kind", () => offer("kind", ["kind"]), isHere);
register("tag", () => offerTags(), () => Boolean(tagForm()) || isMany());
register("account", () => offerAccounts(), () => Boolean(open()));

// The words of a command, and how many tickets it is about.
function title(id) {
  const all = JSON.parse(document.getElementById("commands").textContent);
  const said = all.find((command) => command.id === id)?.title ?? "";
  const many = isMany() ? Math.max(chosen().length, 1) : 0;
  return many > 1 ? `${said} (${many})` : said;
}

function offer(id, fields) {
  const isBar = isMany();
  const name = (field) => (isBar && field !== "macro" ? `set_${field}` : field);
  const form = isBar ? bar() : open();
  if (isBar) mean();
  const selects = fields.map((field) => form.elements[name(field)]).filter(Boolean);
  const steps = selects.flatMap((select) => {
    const options = [...select.options].filter((option) => option.value || !isBar);
    const run = (option) => (isBar ? bulk([select.name, option.value]) : take(select, option));
    return options.map((option) => ({ title: named(select, option, selects), icon: iconOf(select), run: () => run(option) }));
  });
  choose(title(id), steps);
}

// The row that has the focus is meant where none is chosen: nothing that the bar still holds from before.
function mean() {
  if (chosen().length) return;
  bar().reset();
  row().querySelector(".row-check").click();
}

const press = (value) => bulk(["quick", value]);

// One thing is done to the chosen rows, whatever else stands in the bar; to all of the view where its box is seen to be checked.
function bulk(field) {
  mean();
  const { view, all } = bar().elements;
  const tickets = [...chosen()].map((box) => ["ticket", box.value]);
  send("/tickets/bulk", [["view", view.value], ...(all.checked ? [["all", "on"]] : []), ...tickets, field]);
}

// A person and a team may have the same name.
function named(select, option, selects) {
  if (selects.length < 2 || select === selects[0]) return option.text;
  return `${select.labels?.[0]?.textContent.trim() ?? ""}: ${option.text}`;
}

const iconOf = (select) => ({ agent: "user", team: "users" })[select.name.replace("set_", "")] ?? "check";

function take(select, option) {
  select.value = option.value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

const tagForm = () => document.querySelector(".conversation .tags-new form");

// A tag that nobody has used yet is what was typed.
function offerTags() {
  const read = (selector, text) => [...document.querySelectorAll(selector)].map(text);
  const words = [...read("#tags-known option", (option) => option.value), ...read("#ticket-rows .chip[data-colour]", (chip) => chip.textContent.trim())];
  const known = [...new Set(words)].sort((a, b) => a.localeCompare(b));
  const step = (text) => ({ title: text, icon: "tag", run: () => putTag(text) });
  const more = (text) => (text && known.every((one) => fold(one) !== fold(text)) ? [step(text)] : []);
  choose(title("tag"), known.map(step), { more });
}

// On the chosen rows while there are any, else on the open ticket.
function putTag(text) {
  if (isMany()) return bulk(["add_tags", text]);
  const form = tagForm();
  form.elements.name.value = text;
  form.requestSubmit();
}

function offerAccounts() {
  const { action } = open();
  const found = (groups) => groups.flatMap((group) => group.items).filter((item) => /^\/accounts\/acc_[0-9a-z]+$/.test(item.path));
  const step = (item) => ({
    title: item.title.map(([text]) => text).join(""),
    icon: item.icon,
    run: () => send(action, [["account", item.path.slice("/accounts/".length)], ["view", open().elements.view.value]]),
  });
  choose(title("account"), [], { find: (groups) => found(groups).map(step) });
}

function send(action, fields) {
  const form = Object.assign(document.createElement("form"), { method: "post", action, hidden: true });
  for (const [name, value] of fields) form.append(Object.assign(document.createElement("input"), { name, value }));
  document.body.append(form);
  form.requestSubmit();
  form.remove();
}
