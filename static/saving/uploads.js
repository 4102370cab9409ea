// Files chosen, photographed, dropped or pasted: each goes by a request of its own, one at a time.
//
// A file is settled when the server has answered with the hash of what was sent, or has said why
// it does not take it. Until then the whole file is sent again, with growing pauses: the same file
// again is the same to the server. One is held in memory at a time, however many were chosen.

import { putParts } from "./kept_form.js";
import { element, tell, untell } from "./notices.js";
import * as sending from "./sending.js";
import * as session from "./session.js";
import { hold } from "./steady.js";
import { shrunk } from "./shrinking.js";
import { word } from "./words.js";

const ACCEPT = "image/*,.heic,.heif,.pdf,.docx,.xlsx";
const MARKS = { waiting: "◌", sending: "◌", paused: "▲", told: "!", kept: "✓", refused: "✕" };
const NOTICE = "uploads";
const MEGABYTE = 1024 * 1024;

const queues = new Map();
// What knows of a form whether its content is saved; main.js says so.
let asKept = () => undefined;

/** Let `find` say by which KeptForm a form is kept. */
export function knowForms(find) {
  asKept = find;
}

/** How many files more there is room for (`left`), of so many bytes each (`largest`). */
const room = () => document.getElementById("evidence-room")?.dataset ?? {};

/** SHA-256 in hex; "" where the browser has none to offer (a site without TLS). */
async function hashOf(file) {
  if (!crypto.subtle) {
    return "";
  }
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The line of one file: its name, and how far it is. */
class Line {
  constructor(name) {
    this.bar = element("progress", { max: "1", value: "0", "aria-label": name });
    this.said = element("span", { class: "uploads-state" });
    this.name = element("span", { class: "uploads-name" }, name);
    this.row = element("li", {}, this.name, " ", this.said, this.bar);
    this.is("waiting");
  }

  is(state, values = {}) {
    this.row.dataset.state = state;
    this.said.textContent = `${MARKS[state]} ${values.told || word(`upload-${state}`, values)}`;
    this.bar.hidden = state !== "sending";
  }

  share(part) {
    this.bar.value = part;
    this.is("sending", { share: Math.round(part * 100) });
  }
}

class Queue {
  #waiting = [];
  #isRunning = false;
  #isStopped = false;
  #chosen = 0;
  #kept = 0;
  #giveUpPause = () => {};

  /** `place` bears the address to send to, and holds the lines. */
  constructor(place) {
    this.place = place;
  }

  /** Files that are not settled yet. */
  get left() {
    return this.#waiting.length;
  }

  add(files) {
    const free = Math.max(Number(room().left ?? files.length) - leftOfAll(), 0);
    const taken = files.slice(0, free);
    this.#tellTooMany(files.slice(free), free);
    this.#chosen += taken.length;
    for (const file of taken) {
      const line = new Line(file.name);
      this.place.querySelector(".uploads-list").append(line.row);
      this.#waiting.push({ file, line });
    }
    this.#run();
  }

  #tellTooMany(files, free) {
    const said = this.place.querySelector(".uploads-said");
    said.replaceChildren();
    if (files.length > 0) {
      const names = element("p", {}, files.map((file) => file.name).join("、"));
      const head = word("uploads-too-many", { free, count: files.length });
      said.append(element("div", { class: "alert alert-warning" }, element("p", {}, head), names));
    }
  }

  #tellSoFar() {
    const values = { kept: this.#kept, count: this.#chosen };
    this.place.querySelector(".uploads-so-far").textContent = word("uploads-so-far", values);
  }

  async #run() {
    if (this.#isRunning) {
      return;
    }
    this.#isRunning = true;
    this.#isStopped = false;
    while (this.#waiting.length > 0) {
      const { file, line } = this.#waiting[0];
      await this.#settle(file, line);
      this.#waiting.shift();
    }
    this.#isRunning = false;
    untell(NOTICE);
  }

  async #settle(file, line) {
    line.share(0);
    const sent = this.#isStopped ? file : await shrunk(file);
    const largest = Number(room().largest ?? Infinity);
    if (sent.size > largest) {
      line.is("refused", { told: word("upload-too-large", { limit: Math.floor(largest / MEGABYTE) }) });
      return;
    }
    const hash = this.#isStopped ? "" : await hashOf(sent);
    for (let tries = 0; !this.#isStopped; tries += 1) {
      const along = asKept(this.#alongside())?.pressed();
      const answer = await this.#send(sent, hash, line);
      const isSettled = this.#isSettled(answer, hash, line);
      along?.done(answer.meaning === sending.KEPT && isSettled, Date.now());
      if (isSettled) {
        return;
      }
      await this.#pause(answer, line, tries);
    }
    line.is("refused", { told: word("upload-stopped") });
  }

  /** The form whose fields go with each file; null where there is none. */
  #alongside() {
    return document.getElementById(this.place.dataset.along ?? "");
  }

  #send(file, hash, line) {
    const form = this.#alongside();
    const body = form ? new FormData(form) : new FormData();
    ["file", "title"].forEach((name) => body.delete(name));
    body.append("sha256", hash);
    body.append("file", file, file.name);
    const more = { headers: { "X-Upload": "1" }, isWatched: true };
    return sending.sendForm(this.place.dataset.uploads, body, (part) => line.share(part), more);
  }

  /** True when sending the file again would change nothing. */
  #isSettled(answer, hash, line) {
    const { said } = answer;
    if (said?.refused) {
      line.is("refused", { told: said.refused });
      return true;
    }
    if (answer.meaning === sending.KEPT && (said.kept === hash || hash === "")) {
      this.#tellKept(said, line);
      return true;
    }
    const isFinal = [sending.DENIED, sending.PAGE].includes(answer.meaning);
    if (isFinal) {
      line.is("refused", { told: word("denied", { status: answer.status }) });
    }
    return isFinal;
  }

  #tellKept(said, line) {
    const release = hold([this.place]);
    line.is(said.told ? "told" : "kept", { told: said.told });
    line.name.replaceChildren(element("a", { href: said.address }, line.name.textContent));
    putParts(said.parts);
    // What the page lists now is not listed twice.
    line.row.hidden = said.parts !== "" && !said.told;
    this.#kept += 1;
    this.#tellSoFar();
    release();
  }

  async #pause(answer, line, tries) {
    line.is("paused", { tries: tries + 1 });
    tell(NOTICE, word("uploads-paused"), [[word("uploads-stop"), () => this.stop()]], "warning");
    const stopped = new Promise((resolve) => {
      this.#giveUpPause = resolve;
    });
    const isOthers = answer.meaning === sending.NOT_MINE;
    await Promise.race([isOthers ? session.mine() : sending.pause(tries), stopped]);
  }

  /** Send no file of this queue any more. */
  stop() {
    this.#isStopped = true;
    this.#giveUpPause();
  }
}

/** How many files, of all queues of the page, are not settled. */
export function leftOfAll() {
  return [...queues.values()].reduce((sum, queue) => sum + queue.left, 0);
}

function queueOf(place) {
  if (!queues.has(place)) {
    queues.set(place, new Queue(place));
  }
  return queues.get(place);
}

/** Let the person choose, or photograph; an input of the moment, so that no form carries it. */
function pick(place, isCamera) {
  const ways = isCamera ? { accept: "image/*", capture: "environment" } : { accept: ACCEPT, multiple: "" };
  const input = element("input", { type: "file", hidden: "", ...ways });
  input.addEventListener("change", () => {
    queueOf(place).add([...input.files]);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  document.body.append(input);
  input.click();
}

/** Where files dropped or pasted at `target` go: the place beside it, or the only one there is. */
function placeAt(target) {
  const near = target.closest(".item-card, form")?.querySelector("[data-uploads]");
  const all = document.querySelectorAll("[data-uploads]");
  return near ?? (all.length === 1 ? all[0] : null);
}

function take(event, carried) {
  const files = [...(carried?.files ?? [])];
  const place = files.length > 0 ? placeAt(event.target) : null;
  if (place) {
    event.preventDefault();
    queueOf(place).add(files);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pick]");
  if (button) {
    pick(button.closest("[data-uploads]"), button.dataset.pick === "camera");
  }
});
document.addEventListener("dragover", (event) => {
  if (event.dataTransfer?.types.includes("Files") && placeAt(event.target)) {
    event.preventDefault();
  }
});
document.addEventListener("drop", (event) => {
  // A file let go upon an input of the browser's own is that input's.
  if (!event.target.matches("input[type=file]")) {
    take(event, event.dataTransfer);
  }
});
document.addEventListener("paste", (event) => take(event, event.clipboardData));
