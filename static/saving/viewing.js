// Pictures of pages open in this page: one after another, without losing the place.
//
// Without it a picture opens by itself, as its link says.

import { element } from "./notices.js";
import { word } from "./words.js";

const WAY = { ArrowRight: 1, ArrowLeft: -1 };

class Viewer {
  #links = [];
  #at = 0;

  constructor() {
    this.image = element("img", { alt: "" });
    this.said = element("p", { "aria-live": "polite" });
    this.before = this.#button("picture-before", () => this.#step(-1));
    this.after = this.#button("picture-after", () => this.#step(1));
    const close = this.#button("picture-close", () => this.dialog.close());
    const acts = element("p", { class: "btn-list" }, this.before, this.after, close);
    this.dialog = element("dialog", { class: "viewer" }, this.said, this.image, acts);
    this.dialog.addEventListener("keydown", (event) => this.#step(WAY[event.key] ?? 0));
    // What lies around the picture closes it, as pressing beside a window does.
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) {
        this.dialog.close();
      }
    });
    this.dialog.addEventListener("close", () => this.#links[this.#at]?.focus());
    document.body.append(this.dialog);
  }

  #button(name, act) {
    const made = element("button", { type: "button", class: "btn" }, word(name));
    made.addEventListener("click", act);
    return made;
  }

  open(link) {
    const all = (link.closest("[data-pictures]") ?? document).querySelectorAll("[data-picture]");
    this.#links = [...all];
    this.#at = this.#links.indexOf(link);
    this.#show();
    this.dialog.showModal();
  }

  #step(by) {
    const next = this.#at + by;
    if (by !== 0 && next >= 0 && next < this.#links.length) {
      this.#at = next;
      this.#show();
    }
  }

  #show() {
    const link = this.#links[this.#at];
    const { alt } = link.querySelector("img");
    this.image.alt = alt;
    this.image.src = link.href;
    this.said.textContent = `${alt} · ${this.#at + 1} / ${this.#links.length}`;
    this.before.disabled = this.#at === 0;
    this.after.disabled = this.#at === this.#links.length - 1;
  }
}

let viewer = null;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-picture]");
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (link && isPlain && "showModal" in HTMLDialogElement.prototype) {
    event.preventDefault();
    viewer ??= new Viewer();
    viewer.open(link);
  }
});
