// A page of the server's in the place of this one: a form that came back refused, or a result.
//
// What was typed since the form was sent, and the files that it carried, are put back.

import { addressOf } from "./kept_form.js";
import * as fields from "./fields.js";
import { content } from "./ledger.js";

/** What was typed into `form` after `texts` had been read from it. */
function typedSince(form, texts) {
  const isNewer = ([name, now]) => texts.has(name) && content(now) !== content(texts.get(name));
  return [...fields.present(form)].filter(isNewer);
}

function formAt(address, main) {
  return [...main.querySelectorAll("form[method=post]")].find((form) => addressOf(form) === address);
}

function putFilesBack(form, files) {
  for (const [name, list] of files) {
    const input = form.elements.namedItem(name);
    const isRefused = input?.closest(".field-refused");
    if (input && !isRefused && !input.hasAttribute("data-taken")) {
      fields.chooseAgain(input, list);
    }
  }
}

function focusOnMessage(main) {
  const refused = main.querySelector(".field-refused");
  const control = refused?.querySelector("input:not([type=hidden]), textarea, select");
  const message = control ?? main.querySelector("[role=alert], [role=status].alert") ?? main;
  if (!control) {
    message.tabIndex = -1;
  }
  message.focus({ preventScroll: true });
  message.scrollIntoView({ block: "center" });
}

/** Replace the page's main part by that of `text`; false when it has none. */
export function replaceMain(text, { form, files, texts, known, gather }) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("content");
  if (!fresh) {
    return false;
  }
  const address = addressOf(form);
  const since = known && texts ? typedSince(form, texts) : [];
  const main = document.getElementById("content");
  main.replaceChildren(...fresh.childNodes);
  document.title = page.title;
  window.htmx?.process(main);
  gather();
  const again = formAt(address, main);
  if (again) {
    since.forEach(([name, now]) => fields.put(again, name, now));
    putFilesBack(again, files);
  }
  focusOnMessage(main);
  return true;
}
