// Pages that stay true: one stream of "this changed" per browser, and a refresh where what changed is on the page.
//
// The tab that holds the lock reads the stream and tells the others. A page names what it shows in <meta name="live"> or in
// data-live="acc_… accounts"; what changed is fetched again and morphed in, at most once a second or as seldom as the page says in
// <meta name="live-pause">, and not while hidden. The bell goes along from page to page and asks again by itself.
import { found, lost } from "./connection.js";

const LOCK = "tandem-live";
const PAUSE = 1_000;
const PATIENCE = 4_000;
const channel = new BroadcastChannel(LOCK);

let stream;
let wanted = false;
let last = 0;
let timer;
let patience;
let sending = 0;
let isHushed = false;

channel.addEventListener("message", ({ data }) => {
  if (data === ":left") restart();
  else if (data === ":lost") lost();
  else if (data === ":found") found();
  else changed(data);
});

document.addEventListener("turbo:load", () => {
  // What is dear to make was made just now.
  if (pause() > PAUSE) last = performance.now();
  const address = document.querySelector("meta[name=live-stream]")?.content;
  if (!address) {
    if (stream) channel.postMessage(":left");
    return close();
  }
  if (stream?.address && stream.address !== address) restart();
  follow(address);
});

// A refresh would take the answer away from a form that is being sent; after the answer the page may be another one.
document.addEventListener("turbo:submit-start", () => sending++);
document.addEventListener("turbo:submit-end", () => {
  sending = Math.max(0, sending - 1);
  last = performance.now();
  if (wanted && !document.hidden) refresh();
});

// While nobody is signed in a refresh would lead away from what is being written.
export const hush = (isSo) => (isHushed = isSo);

// An act that a script sends: no refresh while it is under way, one as soon as it is over.
export const hold = () => sending++;
export function release() {
  sending = Math.max(0, sending - 1);
  wanted = true;
  last = 0;
  refresh();
}

document.addEventListener("visibilitychange", () => !document.hidden && wanted && refresh());

// True while a page asks for itself again: what is typed in it survives that, so nobody need be warned.
export let isRefreshing = false;

let queued = false;
function follow() {
  if (queued) return;
  queued = true;
  navigator.locks.request(LOCK, () => new Promise(() => open()));
}

function open(wait = 5_000) {
  const address = document.querySelector("meta[name=live-stream]")?.content;
  if (!address) return setTimeout(() => open(), wait);
  const source = new EventSource(address);
  stream = { source, address };
  let isBroken = false;
  source.addEventListener("open", () => {
    wait = 5_000;
    clearTimeout(patience);
    channel.postMessage(":found");
    found();
    // Not all browsers at once: they have all lost the same server.
    if (isBroken) setTimeout(() => spread("*"), Math.random() * PAUSE);
    isBroken = false;
  });
  source.addEventListener("changed", (event) => JSON.parse(event.data).topics.forEach(spread));
  source.addEventListener("resync", () => spread("*"));
  // The browser comes back by itself after a loss, with Last-Event-ID; only a refusal ends it for good.
  source.addEventListener("error", () => {
    if (stream?.source !== source) return;
    if (!isBroken) patience = setTimeout(giveUp, PATIENCE);
    isBroken = true;
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => open(Math.min(wait * 2, 60_000)), wait);
  });
}

// A server that is only being renewed is back before anybody needs to know.
function giveUp() {
  channel.postMessage(":lost");
  lost();
}

function close() {
  clearTimeout(patience);
  stream?.source.close();
}

function restart() {
  if (!stream) return;
  close();
  open();
}

function spread(subject) {
  channel.postMessage(subject);
  changed(subject);
}

function changed(subject) {
  document.dispatchEvent(new CustomEvent("live:changed", { detail: subject }));
  const bell = document.getElementById("bell");
  if (subject === "*" || bell?.querySelector(`[data-bell="${subject}"]`)) bell?.reload();
  if (subject !== "*" && !subjects().has(subject)) return;
  wanted = true;
  if (!document.hidden) refresh();
}

// Milliseconds between two refreshes. A page that has just been opened is as fresh as one that was refreshed.
function pause() {
  const seconds = Number(document.querySelector("meta[name=live-pause]")?.content ?? 0);
  return Math.max(PAUSE, seconds * 1_000);
}

function subjects() {
  const named = [document.querySelector("meta[name=live]")?.content ?? ""];
  document.querySelectorAll("[data-live]").forEach((part) => named.push(part.dataset.live));
  return new Set(named.join(" ").split(/\s+/).filter(Boolean));
}

function refresh() {
  clearTimeout(timer);
  if (sending || isHushed) return;
  const { session } = window.Turbo;
  const due = session.navigator.currentVisit ? PAUSE : last + pause() - performance.now();
  if (due > 0) {
    timer = setTimeout(refresh, due);
    return;
  }
  last = performance.now();
  wanted = false;
  // Not session.refresh, which waits a moment, in which a form may be sent.
  isRefreshing = true;
  session.visit(document.baseURI, { action: "replace", shouldCacheSnapshot: false, refresh: {} });
  isRefreshing = false;
}
