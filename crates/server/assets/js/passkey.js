// Passkeys: asks the server for a challenge, the browser for an answer, and brings it back. Without scripts, on an address
// that is a bare number, or in a browser that knows no passkeys, the form stays hidden and the other doors are there. A browser
// that used one here before shows it first, and offers it in the field for the address too.
import { Controller } from "../vendor/stimulus.js";

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

async function post(path, body, type) {
  const headers = { Accept: "application/json", "Content-Type": type };
  const response = await fetch(path, { method: "POST", headers, body });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.said ?? "");
  return answer;
}

const KNOWN = "tandem-passkey";
const send = (path, document) => post(path, JSON.stringify(document), "application/json");

export default class extends Controller {
  static targets = ["error"];
  static values = { next: String, failed: String };

  connect() {
    const isNumber = /^[\d.]+$|^\[/.test(window.location.hostname);
    this.element.hidden = !window.PublicKeyCredential || isNumber;
    this.field = document.querySelector("input[autocomplete~=webauthn]");
    if (this.element.hidden || !this.field || !localStorage.getItem(KNOWN)) return;
    this.field.addEventListener("focus", this.offer, { once: true });
    const first = this.element.parentElement.querySelector("form");
    if (first !== this.element) first.before(this.element);
  }

  disconnect() {
    this.field?.removeEventListener("focus", this.offer);
    this.offered?.abort();
  }

  use(event) {
    this.offered?.abort();
    this.ceremony(event, () => this.enter({}));
  }

  // Beside the addresses that the browser remembers; whoever chooses none types on.
  offer = async () => {
    if (!(await window.PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    this.offered = new AbortController();
    const { signal } = this.offered;
    try {
      await this.enter({ mediation: "conditional", signal });
    } catch (error) {
      if (!signal.aborted && error.constructor === Error && error.message) this.refuse(error.message);
    }
  };

  async enter(how) {
    const options = await post("/sign-in/passkey/challenge", "", "application/x-www-form-urlencoded");
    const publicKey = { ...options, challenge: bytes(options.challenge) };
    const made = await navigator.credentials.get({ publicKey, ...how });
    const { location } = await send("/sign-in/passkey", {
      id: text(made.rawId),
      client_data: text(made.response.clientDataJSON),
      data: text(made.response.authenticatorData),
      signature: text(made.response.signature),
      next: this.nextValue,
    });
    localStorage.setItem(KNOWN, "1");
    window.location.assign(location);
  }

  make(event) {
    this.ceremony(event, async () => {
      const field = (id) => this.element.querySelector(`#passkey-${id}`)?.value ?? "";
      const form = new URLSearchParams({ present: field("present") });
      const options = await post("/settings/security/passkeys/challenge", form, "application/x-www-form-urlencoded");
      const publicKey = {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: options.excludeCredentials.map((known) => ({ ...known, id: bytes(known.id) })),
      };
      const made = await navigator.credentials.create({ publicKey });
      const { location } = await send("/settings/security/passkeys", {
        client_data: text(made.response.clientDataJSON),
        attestation: text(made.response.attestationObject),
        name: field("name"),
      });
      localStorage.setItem(KNOWN, "1");
      window.Turbo.visit(location, { action: "replace" });
    });
  }

  async ceremony(event, steps) {
    event.preventDefault();
    this.errorTarget.hidden = true;
    try {
      await steps();
    } catch (error) {
      const isOurs = error.constructor === Error && error.message;
      this.refuse(isOurs ? error.message : this.failedValue);
    }
  }

  refuse(sentence) {
    this.errorTarget.textContent = sentence;
    this.errorTarget.hidden = false;
  }
}
