// The page of a form on the web. Fields that depend on others come and go, and while a person writes their browser finds the
// number that the server wants to see (`forms/proof.rs`): a digest that begins with so many zero bits. No library, no other host.

const form = document.querySelector("form[data-form]");

// The constants of SHA-256: the first bits of the roots of the first primes.
const PRIMES = [];
for (let number = 2; PRIMES.length < 64; number++) if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
const bitsOf = (root) => (root - Math.floor(root)) * 2 ** 32;
const START = PRIMES.slice(0, 8).map((prime) => bitsOf(Math.sqrt(prime)));
const ROUNDS = PRIMES.map((prime) => bitsOf(Math.cbrt(prime)) | 0);
const turn = (word, by) => (word >>> by) | (word << (32 - by));

if (form) {
  follow();
  form.addEventListener("change", follow);
  form.addEventListener("input", follow);
  work();
}

// Shows what its condition allows. What is hidden is not sent.
function follow() {
  for (const part of form.querySelectorAll("[data-when]")) {
    const inputs = [...form.elements].filter((input) => input.name === part.dataset.when && !input.disabled);
    const values = inputs.filter((input) => input.type !== "checkbox" || input.checked).map((input) => input.value);
    part.hidden = !values.includes(part.dataset.is);
    for (const input of part.querySelectorAll("input, select, textarea")) input.disabled = part.hidden;
  }
}

// A thousand numbers at a time, so that nobody notices. Whoever is faster waits until it is found.
function work() {
  const { stamp, proof } = form.elements;
  const begin = `${form.dataset.form}:${stamp.value}:`;
  const bits = Number(form.dataset.bits);
  const note = form.querySelector("[data-form-working]");
  let number = 0;
  let waits = false;
  let sentAt = -Infinity;
  form.addEventListener("submit", (event) => {
    if (proof.value) {
      // Two clicks are one: a stamp brings files once.
      if (event.timeStamp - sentAt < 3000) event.preventDefault();
      else sentAt = event.timeStamp;
      return;
    }
    event.preventDefault();
    waits = true;
    note.hidden = false;
  });
  const look = () => {
    for (const end = number + 1000; number < end; number++) {
      if (Math.clz32(digest(begin + number)) < bits) continue;
      proof.value = String(number);
      note.hidden = true;
      if (waits) form.requestSubmit();
      return;
    }
    setTimeout(look);
  };
  look();
}

// The first 32 bits of the SHA-256 of a short ASCII text (FIPS 180-4). The browser's own is missing on plain HTTP.
function digest(text) {
  const length = text.length;
  const blocks = ((length + 8) >> 6) + 1;
  const words = new Uint32Array(blocks * 16);
  for (let at = 0; at < length; at++) words[at >> 2] |= text.charCodeAt(at) << (24 - (at % 4) * 8);
  words[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
  words[words.length - 1] = length * 8;
  const state = Uint32Array.from(START);
  for (let block = 0; block < words.length; block += 16) mix(state, words.subarray(block, block + 16));
  return state[0];
}

function mix(state, block) {
  const w = new Uint32Array(64);
  w.set(block);
  for (let at = 16; at < 64; at++) {
    const [a, b] = [w[at - 15], w[at - 2]];
    w[at] = w[at - 16] + w[at - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let at = 0; at < 64; at++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[at] + w[at]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at] += word));
}
