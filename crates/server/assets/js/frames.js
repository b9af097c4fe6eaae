// A table that fits its frame keeps its head below the top bar while the page scrolls. One that is wider scrolls sideways in
// its frame, which then holds its head, as does the frame of a chart's numbers; the page itself never scrolls sideways.
const watched = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)));

function fit(frame) {
  const table = frame.querySelector("table");
  frame.toggleAttribute("data-fits", Boolean(table) && table.offsetWidth <= frame.clientWidth);
}

function look() {
  watched.disconnect();
  document.querySelectorAll(".table-frame:not(.chart-numbers *)").forEach((frame) => watched.observe(frame));
}

for (const name of ["turbo:load", "turbo:render", "turbo:frame-load"]) document.addEventListener(name, look);
