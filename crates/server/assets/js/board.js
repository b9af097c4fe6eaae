// The board on the wall: fetches itself again every few seconds and puts what it shows in place. What can't be fetched
// stays as it was, and a line says so until it can.
const EVERY = 4000;
const LONGEST = 10000;
const lost = document.getElementById("board-lost");
let shown = document.getElementById("board").innerHTML;

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(LONGEST) });
    // A board that was closed says so; anything else that went wrong leaves what is there.
    if (!answer.ok && answer.status !== 404) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const board = fresh.getElementById("board");
    if (!board) throw new Error("no board");
    if (board.innerHTML !== shown) {
      shown = board.innerHTML;
      document.getElementById("board").replaceWith(document.adoptNode(board));
    }
    lost.hidden = true;
  } catch {
    lost.textContent = lost.dataset.words;
    lost.hidden = false;
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
