// What the browser keeps for a child (unsent messages, a place in a book) goes when they leave:
// at sign-out, and again on any page that nobody is signed in on.

import { DATABASE } from "./database.js";

function forget() {
  sessionStorage.clear();
  localStorage.clear();
  globalThis.indexedDB?.deleteDatabase(DATABASE);
}

for (const form of document.querySelectorAll("form[data-sign-out]")) {
  form.addEventListener("submit", forget);
}
if (document.documentElement.dataset.signedIn === "no") forget();
