// A session that ended while somebody was writing: what they sent was refused, and what they typed stays in the page. They
// sign in in another tab and send it again.
import { hush } from "./live.js";

const dialog = () => document.getElementById("session-over");

document.addEventListener("turbo:before-fetch-response", (event) => {
  const isSent = event.target instanceof HTMLFormElement;
  if (!isSent || event.detail.fetchResponse.statusCode !== 401 || !dialog()) return;
  event.preventDefault();
  over();
});

document.addEventListener("click", (event) => event.target.closest?.("#session-over a") && dialog().close());
document.addEventListener("turbo:submit-end", ({ detail }) => detail.success && hush(false));

/// Says that the session is over. The page asks for itself no more: it would be the page of signing in.
export function over() {
  hush(true);
  if (!dialog() || dialog().open) return;
  dialog().showModal();
  dialog().querySelector("a").focus();
}
