// A ticket is marked as unread for oneself: the rows that are chosen or the one that has the focus, else the open one, which is
// left for that.
import { register } from "./commands.js";
import { hold, release } from "./live.js";

const button = () => document.getElementById("mark-unread");

register("unread", () => mark(), () => Boolean(button()) || rows().length > 0);

function rows() {
  const chosen = [...document.querySelectorAll("#ticket-rows [data-row]:has(.row-check:checked)")];
  const focused = document.activeElement?.closest("#ticket-rows [data-row]");
  return chosen.length || !focused ? chosen : [focused];
}

async function mark() {
  const marked = rows();
  const isOpen = !marked.length || marked.some((row) => row.matches(".current"));
  await markRows(marked.filter((row) => !row.matches(".current")));
  if (isOpen) button()?.click();
}

async function markRows(marked) {
  if (!marked.length) return;
  hold();
  for (const row of marked) row.classList.add("unread");
  const ask = (row) => fetch(`/tickets/${row.id.slice("row-".length)}/unread`, { method: "POST", body: new URLSearchParams(), redirect: "manual" });
  await Promise.allSettled(marked.map(ask));
  release();
}
