// A badge's secret stands after the # of the address, which no server sees. It is taken out of the
// address (and so out of the browser's history) before it is sent, in the body of a POST.

import { one } from "../shared/dom.js";

const secret = location.hash.slice(1);
const form = document.querySelector("form[data-badge]");

if (secret) {
  history.replaceState(null, "", location.pathname);
  if (form instanceof HTMLFormElement) {
    one("[data-badge-title]").textContent = "One moment";
    one("[name=secret]", form, HTMLInputElement).value = secret;
    form.submit();
  }
}

// A second badge held before the camera while this page is open only changes what is after the #.
addEventListener("hashchange", () => location.reload());
