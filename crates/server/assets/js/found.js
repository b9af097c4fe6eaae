// What the server finds for the palette: asked while one types, never more than one question at a time.
const WAIT = 120;
const LEAST = 2;
const TRIES = 3;
const AGAIN = 500;
const LOOKS = 5;
const SOON = 1000;

export class Finder {
  /// Asks for `text` soon; a later question takes this one's place. `show` gets the groups.
  ask(text, show) {
    this.stop();
    if (text.length < LEAST) return;
    const asking = new AbortController();
    this.asking = asking;
    this.timer = setTimeout(() => this.look(text, show, asking.signal, LOOKS), WAIT);
  }

  // What was just added is found a moment later: nothing found is asked again for a while.
  async look(text, show, signal, looks) {
    const groups = await found(text, signal);
    if (signal.aborted) return;
    if (groups.length || looks === LOOKS) show(groups);
    if (!groups.length && looks) this.timer = setTimeout(() => this.look(text, show, signal, looks - 1), SOON);
  }

  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }
}

async function found(text, signal) {
  const address = `/search/palette?${new URLSearchParams({ q: text })}`;
  for (let tries = 0; tries < TRIES && !signal.aborted; tries++) {
    try {
      const response = await fetch(address, { signal, headers: { Accept: "application/json" } });
      if (response.ok) return (await response.json()).groups;
    } catch {
      // Superseded, or the server is away for a moment.
    }
    await new Promise((go) => setTimeout(go, AGAIN));
  }
  // The commands of the page are there all the same.
  return [];
}

/// Opens an address, or sends the form that changes something.
export function go({ path, post }) {
  if (!post) return window.Turbo.visit(path);
  const form = Object.assign(document.createElement("form"), { method: "post", action: path, hidden: true });
  document.body.append(form);
  form.requestSubmit();
  form.remove();
}

/// A title in pieces, those that were looked for marked.
export function marked(pieces) {
  return pieces.map(([text, isMarked]) => {
    if (!isMarked) return text;
    return Object.assign(document.createElement("mark"), { textContent: text });
  });
}
