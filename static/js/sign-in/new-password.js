// The link's secret stands after the # of the address, which no server sees. It is taken out of the
// address (and so out of the browser's history) and goes in the body of the form.

import { one } from "../shared/dom.js";

const secret = location.hash.slice(1);

if (secret) {
  history.replaceState(null, "", location.pathname);
  one("form[data-link] [name=link]", document, HTMLInputElement).value = secret;
}
