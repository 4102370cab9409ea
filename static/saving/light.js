// The save light beside the page's title: a word, a shape and a colour.

import { hold } from "./steady.js";
import { moment, word } from "./words.js";

export const SAVED = "saved";
export const SAVING = "saving";
export const UNSAVED = "unsaved";
// Not saved, and this browser could not keep it either.
export const AT_RISK = "at-risk";

const SHAPES = { [SAVED]: "✓", [SAVING]: "◌", [UNSAVED]: "▲", [AT_RISK]: "✕" };

let lamp = null;

/** Stand beside the title; a page that came back refused gets its light again. */
export function stand() {
  const title = document.querySelector("main h1");
  if (!title || lamp?.isConnected) {
    return;
  }
  const template = document.getElementById("save-light");
  lamp ??= template.content.firstElementChild.cloneNode(true);
  const row = title.closest(".page-title-row") ?? title;
  // Whoever has read on while the script was on its way stays where they are.
  const release = hold(window.scrollY > 0 ? [row] : []);
  row.before(lamp);
  release();
}

/** Show a state; `at` (milliseconds, or a text as 09:12) belongs to SAVED. */
export function show(state, at = "") {
  const text = word(state, { at: typeof at === "number" ? moment(at) : at });
  const said = `${SHAPES[state]} ${text}`;
  if (lamp && (lamp.dataset.state !== state || textOf(lamp).textContent !== said)) {
    lamp.dataset.state = state;
    textOf(lamp).textContent = said;
  }
}

/** Nothing was typed: nothing to say. */
export function dark() {
  if (lamp) {
    delete lamp.dataset.state;
    textOf(lamp).textContent = "";
  }
}

function textOf(shown) {
  return shown.firstElementChild;
}
