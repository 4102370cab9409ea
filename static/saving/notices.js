// Notices at the head of the page, and questions that must be answered before going on.

import { holdUnseen } from "./steady.js";
import { word } from "./words.js";

const place = document.getElementById("saving-notices");
const shown = new Map();

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function button(text, act, kind = "") {
  const made = element("button", { type: "button", class: `btn ${kind}`.trim() }, text);
  made.addEventListener("click", act);
  return made;
}

/** One notice a name: told anew, it replaces the former. `acts`: [text, what a press does]. */
export function tell(name, parts, acts = [], tone = "warning") {
  const said = [parts].flat().map((part) => (part instanceof Node ? part : element("p", {}, part)));
  const buttons = acts.map(([text, act]) => button(text, act, "btn-wide-phone"));
  const notice = element("div", { class: `alert alert-${tone}`, role: "alert" }, ...said);
  if (buttons.length) {
    notice.append(element("p", { class: "btn-list mb-0" }, ...buttons));
  }
  notice.dataset.notice = name;
  if (shown.get(name)?.textContent === notice.textContent) {
    // Told already: reading it out again and again helps nobody.
    return;
  }
  untell(name);
  const release = holdUnseen(place);
  shown.set(name, notice);
  place.append(notice);
  release();
}

export function untell(name) {
  // Mostly nothing was told: each save of a field asks, and nothing is measured for it.
  if (shown.has(name)) {
    const release = holdUnseen(place);
    shown.get(name).remove();
    shown.delete(name);
    release();
  }
}

/** Ask before going on; answers the value of the choice pressed, "" when it is waved away. */
export function question(text, choices) {
  const dialog = element("dialog", { class: "saving-question" }, element("p", {}, text));
  return new Promise((answer) => {
    const list = element("p", { class: "btn-list mb-0" });
    for (const [value, said, kind] of choices) {
      list.append(button(said, () => dialog.close(value), kind));
    }
    list.append(button(word("stay"), () => dialog.close("")));
    dialog.append(list);
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
