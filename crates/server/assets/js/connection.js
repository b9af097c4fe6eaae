// When the server cannot be reached the page says so, stays as it is, and keeps what was typed.
const root = document.documentElement;

export function lost() {
  root.dataset.connection = "lost";
}

export function found() {
  delete root.dataset.connection;
}

// Turbo would leave for the browser's own page of failure.
document.addEventListener("turbo:fetch-request-error", (event) => {
  event.preventDefault();
  lost();
});
document.addEventListener("turbo:before-fetch-response", found);
