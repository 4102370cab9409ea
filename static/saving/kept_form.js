// One form whose content is not to be lost: copied at each pause, saved where the server saves.
//
// data-keep="server": each field is saved by itself, and a copy kept until that is acknowledged.
// data-keep="copy":   a copy is kept until the form has been sent and taken.
// data-keep="ask":    nothing is kept, for it is secret; leaving asks first.

import * as copies from "./copies.js";
import * as fields from "./fields.js";
import { Ledger, content } from "./ledger.js";
import { life, newKey } from "./lives.js";
import { element, tell, untell } from "./notices.js";
import * as sending from "./sending.js";
import * as session from "./session.js";
import { hold, holdUnseen } from "./steady.js";
import { count } from "./tally.js";
import { moment, word } from "./words.js";

const PAUSE = 400;
const QUIET = 3_000;
const NARROW = 600;
// What a browser lets a dying page send along.
const LAST_WORDS = 60_000;

/** Where the form goes when sent: what tells it from others, whatever page shows it. */
export function addressOf(form) {
  return new URL(form.getAttribute("action") || location.href, location.href).pathname;
}

/** Put each part of `html` in the place of the element that bears its id. */
export function putParts(html) {
  const carrier = element("template");
  carrier.innerHTML = html;
  const parts = [...carrier.content.children];
  const ids = parts.flatMap((part) => [part.id, part.dataset.opens ?? ""]);
  const release = hold(ids.map((id) => document.getElementById(id)).filter(Boolean));
  for (const part of parts) {
    document.getElementById(part.id)?.replaceWith(part);
    const opened = document.getElementById(part.dataset.opens ?? "");
    if (opened) {
      opened.open = true;
    }
  }
  release();
}

export class KeptForm {
  #copyTimer = 0;
  #saveTimer = 0;
  #running = null;
  #isSaving = false;
  #tries = 0;
  #refused = new Map();
  #conflicts = new Set();
  #digests = {};

  /** `report` is called whenever the light may have changed. */
  constructor(form, report) {
    this.form = form;
    this.address = addressOf(form);
    this.mode = form.dataset.keep;
    this.saveTo = form.dataset.saveTo ?? this.address;
    this.report = report;
    this.ledger = new Ledger(fields.asShown(form));
    this.savedAt = "";
    this.storage = copies.KEPT;
    this.#readDigests();
  }

  /** The form came back in another page, refused: what was acknowledged stays so. */
  takeOver(form) {
    this.form = form;
    for (const [name, texts] of fields.asShown(form)) {
      if (!this.ledger.knows(name)) {
        this.ledger.show(new Map([[name, texts]]));
      }
    }
    this.#refused.clear();
    this.#conflicts.clear();
    this.#readDigests();
    this.changed();
  }

  #readDigests() {
    const input = this.form.elements.namedItem("shown");
    this.#digests = input?.value ? JSON.parse(input.value) : {};
  }

  /** What another form of the page rests on this one with: a signature, on the record. */
  #restingInput() {
    const forms = [...document.querySelectorAll("form[data-rests-on]")];
    const resting = forms.find((form) => form.dataset.restsOn === this.address);
    return resting?.elements.namedItem("shown");
  }

  #writeDigests(fresh) {
    Object.assign(this.#digests, fresh);
    const input = this.form.elements.namedItem("shown");
    if (input) {
      input.value = JSON.stringify(this.#digests);
    }
  }

  get isSaving() {
    return this.#isSaving;
  }

  /** Names of the fields that the server has not acknowledged. */
  unsaved() {
    return this.ledger.unsaved(fields.present(this.form));
  }

  /** Whether anything would be missing on the server if the page went now. */
  isUnsaved() {
    return this.unsaved().length > 0 || this.hasFiles();
  }

  hasFiles() {
    return fields.chosenFiles(this.form).size > 0;
  }

  /** Something was typed or chosen. */
  changed() {
    if (this.mode === "ask") {
      return;
    }
    window.clearTimeout(this.#copyTimer);
    this.#copyTimer = window.setTimeout(() => this.copy(), PAUSE);
    if (this.mode === "server") {
      window.clearTimeout(this.#saveTimer);
      this.#saveTimer = window.setTimeout(() => this.save(), QUIET);
    }
  }

  /** Write the copy in this browser, or erase it when nothing is unsaved. */
  copy() {
    window.clearTimeout(this.#copyTimer);
    const place = { person: session.me, life, address: this.address };
    const names = this.unsaved();
    if (this.mode === "ask" || names.length === 0) {
      copies.erase(place);
    } else {
      this.storage = copies.keep({
        ...place,
        page: location.pathname + location.search,
        title: document.querySelector("main h1")?.textContent.trim() ?? document.title,
        at: Date.now(),
        fields: Object.fromEntries(names.map((name) => [name, this.#copied(name)])),
      });
    }
    this.report();
  }

  #copied(name) {
    const texts = fields.present(this.form).get(name);
    return {
      label: fields.label(this.form, name),
      words: fields.inWords(this.form, name, texts),
      texts,
      shown: this.ledger.held(name),
    };
  }

  /** The field was left, or the page is being hidden: no waiting for quiet. */
  left(isLast = false) {
    if (this.mode === "ask") {
      return;
    }
    this.copy();
    if (this.mode === "server" && isLast) {
      this.#sendLast();
    } else if (this.mode === "server") {
      this.save();
    }
  }

  /** The fields to be saved now: not those refused as they stand, nor those in question. */
  #due({ isLast = false } = {}) {
    const present = fields.present(this.form);
    const inQuestion = new Set([...this.#conflicts].map((n) => fields.recordField(this.form, n)));
    const isDue = (name) =>
      this.#refused.get(name) !== content(present.get(name)) &&
      !fields.isCopyOnly(this.form, name) &&
      !inQuestion.has(fields.recordField(this.form, name)) &&
      (isLast || !this.ledger.isOnItsWay(name, present.get(name)));
    const due = this.unsaved().filter(isDue);
    const parts = new Set(due.map((name) => fields.recordField(this.form, name)));
    const goes = (name) => parts.has(fields.recordField(this.form, name));
    return new Map([...present].filter(([name]) => goes(name)));
  }

  /** Save until nothing is due; resolves then, or when sending fails. True when all is saved. */
  async save() {
    window.clearTimeout(this.#saveTimer);
    if (this.mode !== "server" || session.isOver()) {
      return !this.isUnsaved();
    }
    if (!this.#running) {
      this.#running = this.#saveAll().finally(() => {
        this.#running = null;
        this.#isSaving = false;
        this.copy();
      });
    }
    await this.#running;
    return this.unsaved().length === 0;
  }

  async #saveAll() {
    for (let due = this.#due(); due.size > 0; due = this.#due()) {
      this.#isSaving = true;
      this.report();
      if (!(await this.#saveOnce(due, false))) {
        return;
      }
    }
  }

  #body(key, due, isLast) {
    const body = new FormData();
    const onTheirWay = isLast ? this.ledger.onTheirWay() : new Set();
    const isSeen = (name) => !onTheirWay.has(name);
    const asked = [...due.keys()].filter(isSeen).map((name) => fields.recordField(this.form, name));
    const seen = asked.filter((name) => name in this.#digests);
    for (const [name, texts] of due) {
      texts.forEach((text) => body.append(name, text));
    }
    body.append("fields", [...due.keys()].join(","));
    body.append("shown", JSON.stringify(Object.fromEntries(seen.map((n) => [n, this.#digests[n]]))));
    body.append("request_key", key);
    body.append("tally", count.said());
    body.append("rests_on", this.#restingInput()?.value ?? "");
    body.append("narrow", window.innerWidth < NARROW ? "1" : "");
    return body;
  }

  /** True when the answer was a save, whatever it said of single fields. */
  async #saveOnce(due, isLast) {
    const key = newKey();
    const body = this.#body(key, due, isLast);
    this.ledger.sent(key, due);
    count.sent();
    const answer = await sending.sendFields(this.saveTo, body, isLast);
    if (answer.meaning === sending.KEPT) {
      count.acknowledged();
      this.#kept(key, answer.said, due);
      return true;
    }
    this.ledger.giveUp(key);
    this.#failed(answer);
    return false;
  }

  #sendLast() {
    const due = this.#due({ isLast: true });
    const size = content([...due]).length;
    if (due.size > 0 && size < LAST_WORDS && !session.isOver()) {
      this.#saveOnce(due, true).then(() => this.copy());
    }
  }

  #kept(key, said, due) {
    this.#tries = 0;
    untell(`unsent ${this.address}`);
    const refused = said.refused ?? {};
    const conflicts = said.conflicts ?? {};
    const open = [...Object.keys(refused), ...Object.keys(conflicts)];
    const openFields = new Set(open.map((name) => fields.recordField(this.form, name)));
    const isOpen = (name) => openFields.has(fields.recordField(this.form, name));
    const names = [...due.keys()].filter((name) => !isOpen(name));
    this.ledger.acknowledge(key, names).forEach((name) => this.#settle(name));
    this.#writeDigests(said.shown ?? {});
    const ways = said.ways ?? {};
    Object.entries(refused).forEach(([name, why]) => this.#sayRefused(name, why, ways[name] ?? []));
    Object.entries(conflicts).forEach(([name, theirs]) => this.#askWhose(name, theirs));
    // As they stand they are not sent again; typed on, they are.
    for (const [name, texts] of [...due].filter(([each]) => isOpen(each))) {
      this.#refused.set(name, content(texts));
    }
    if (said.saved_at) {
      this.savedAt = said.saved_at;
    }
    if (Object.keys(said.rests_on ?? {}).length > 0 && this.#restingInput()) {
      this.#restingInput().value = JSON.stringify(said.rests_on);
    }
    putParts(said.hints ?? "");
    this.copy();
  }

  #failed(answer) {
    this.copy();
    if (answer.meaning === sending.NOT_MINE) {
      session.mine().then(() => this.save());
      return;
    }
    if (answer.meaning === sending.DENIED || answer.meaning === sending.PAGE) {
      const why = answer.said?.denied ?? word("denied", { status: answer.status });
      tell(`unsent ${this.address}`, why, [], "danger");
      return;
    }
    const why = answer.meaning === sending.BUSY ? "busy" : "no-line";
    tell(`unsent ${this.address}`, word(why), [[word("try-now"), () => this.save()]], "danger");
    sending.pause(this.#tries).then(() => this.save());
    this.#tries += 1;
  }

  #place(name) {
    const control = fields.controls(this.form).get(name)?.[0];
    return control?.closest(".field") ?? document.getElementById(`field-${name}`) ?? this.form;
  }

  #note(name, ...parts) {
    this.#settle(name);
    const note = element("div", { class: "field-error", role: "alert" }, ...parts);
    note.dataset.of = name;
    const place = this.#place(name);
    const release = holdUnseen(place);
    place.classList.add("field-refused");
    place.append(note);
    release();
  }

  /** What was wrong with the field is no more. */
  #settle(name) {
    this.#refused.delete(name);
    this.#conflicts.delete(name);
    const place = this.#place(name);
    const notes = [...place.querySelectorAll(".field-error")];
    const own = notes.filter((note) => !note.dataset.of || note.dataset.of === name);
    if (own.length > 0) {
      const release = hold([place]);
      own.forEach((note) => note.remove());
      place.classList.remove("field-refused");
      release();
    }
  }

  /** Why the text is not kept; what it may have meant is put in by a press. */
  #sayRefused(name, message, ways) {
    const choices = element("p", { class: "btn-list mb-0" });
    for (const [text, said] of ways) {
      const press = element("button", { type: "button", class: "btn btn-sm" }, said);
      press.addEventListener("click", () => {
        this.#settle(name);
        fields.put(this.form, name, [text]);
        this.save();
      });
      choices.append(press);
    }
    this.#note(name, element("p", {}, `✕ ${message}`), ...(ways.length > 0 ? [choices] : []));
  }

  /** Two people changed the field: both texts, and a choice. */
  #askWhose(name, theirs) {
    const mine = fields.inWords(this.form, name, fields.present(this.form).get(name));
    const choices = element("p", { class: "btn-list mb-0" });
    const offer = (text, act) => {
      const press = element("button", { type: "button", class: "btn btn-sm" }, text);
      press.addEventListener("click", act);
      choices.append(press);
    };
    offer(word("keep-theirs"), () => this.#takeTheirs(name, theirs));
    offer(word("use-mine"), () => {
      this.#writeDigests({ [theirs.field]: theirs.shown });
      this.#settle(name);
      this.save();
    });
    this.#note(
      name,
      element("p", {}, word("changed-by-other", { by: theirs.by, at: theirs.at })),
      element("p", { class: "both-texts" }, word("theirs", { text: theirs.theirs || word("empty") })),
      element("p", { class: "both-texts" }, word("mine", { text: mine || word("empty") })),
      choices,
    );
    this.#conflicts.add(name);
  }

  #takeTheirs(name, theirs) {
    this.#writeDigests({ [theirs.field]: theirs.shown });
    this.#settle(name);
    for (const [input, texts] of Object.entries(theirs.texts)) {
      fields.put(this.form, input, texts);
    }
    const present = fields.present(this.form);
    const taken = Object.keys(theirs.texts).filter((input) => present.has(input));
    this.ledger.show(new Map(taken.map((input) => [input, present.get(input)])));
    this.copy();
  }

  /** What it holds is on its way; `done(true)` when the server has taken it, at a moment. */
  pressed() {
    const key = newKey();
    const texts = fields.present(this.form);
    this.ledger.sent(key, texts);
    return {
      texts,
      done: (taken, at = 0) => {
        if (taken) {
          this.ledger.acknowledge(key, [...texts.keys()]);
          this.savedAt = at ? moment(at) : this.savedAt;
        } else {
          this.ledger.giveUp(key);
        }
        this.copy();
      },
    };
  }

  /** Wait for a save that is on its way. */
  async idle() {
    window.clearTimeout(this.#saveTimer);
    await this.#running;
  }
}
