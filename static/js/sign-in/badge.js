// A badge's secret stands after the # of the address, which no server sees. It is taken out of the
// address (and so out of the browser's history) before it is sent, in the body of a POST.

const secret = window.location.hash.slice(1);
const form = document.querySelector("form[data-badge]");

if (secret) {
  window.history.replaceState(null, "", window.location.pathname);
  if (form) {
    document.querySelector("[data-badge-title]").textContent = "One moment";
    form.elements.namedItem("secret").value = secret;
    form.submit();
  }
}

// A second badge held before the camera while this page is open only changes what is after the #.
window.addEventListener("hashchange", () => window.location.reload());
