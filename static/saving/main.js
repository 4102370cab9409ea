// Nothing typed or chosen is lost: the small script of the site's own.
//
// Every page works without it. With it, what a signed-in person types in a form marked data-keep
// is copied in this browser at each pause and, where the server saves by field, saved there; the
// copy is erased when the server has acknowledged exactly that content (ledger.js), and offered
// again after a crash, a lost line or an ended session (offering.js). Buttons send by a request of
// ours (pressing.js). Passwords and what shows an objector are never kept.
//
//   words, notices, light      what is said, and where
//   fields                     what a form holds
//   ledger, copies, lives      what is acknowledged; what lies in this browser; whose page is gone
//   session, sending, tally    whose session; one request; how many saves were acknowledged
//   kept_form, pressing        a form that is kept; a button that was pressed
//   offering, page             copies offered again; a page put in the place of another
//   steady                     what follows a part that changes stays where it is
//   uploads, shrinking         files sent one by one; photos made smaller before
//   viewing                    pictures of pages, opened in this page

import "./comforts.js";
import * as copies from "./copies.js";
import { KeptForm, addressOf } from "./kept_form.js";
import * as light from "./light.js";
import { life } from "./lives.js";
import { question, tell, untell } from "./notices.js";
import { offer } from "./offering.js";
import { replaceMain } from "./page.js";
import { press } from "./pressing.js";
import * as session from "./session.js";
import * as uploads from "./uploads.js";
import "./viewing.js";
import { word } from "./words.js";

const kept = new Map();
let isLeaving = false;

function report() {
  const forms = [...kept.values()].filter((form) => form.mode !== "ask");
  const unsaved = forms.filter((form) => form.unsaved().length > 0);
  const last = forms.map((form) => form.savedAt).filter(Boolean).sort().at(-1);
  if (forms.some((form) => form.isSaving)) {
    light.show(light.SAVING);
  } else if (unsaved.some((form) => form.storage !== copies.KEPT)) {
    light.show(light.AT_RISK);
    tell("storage", word(copies.state() === copies.OFF ? "storage-off" : "storage-full"), [], "danger");
  } else if (unsaved.length > 0) {
    light.show(light.UNSAVED);
  } else if (last) {
    light.show(light.SAVED, last);
  } else {
    light.dark();
  }
}

/** Know the kept forms of the page; one that came back is taken over by what knew it. */
function gather() {
  const found = new Map();
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const address = addressOf(form);
    const known = kept.get(address);
    if (known && known.form !== form) {
      known.takeOver(form);
    }
    found.set(address, known ?? new KeptForm(form, report));
  }
  // What was said of a form that is gone goes with it.
  [...kept.keys()].filter((address) => !found.has(address)).forEach((address) => {
    untell(`unsent ${address}`);
  });
  kept.clear();
  found.forEach((form, address) => kept.set(address, form));
  if ([...kept.values()].some((form) => form.mode !== "ask")) {
    light.stand();
    report();
  }
}

const keptOf = (control) => [...kept.values()].find((known) => known.form === control.form);

/** Whether leaving now would lose something that no copy holds. */
function wouldLose(form) {
  if (form.hasFiles()) {
    return true;
  }
  return form.unsaved().length > 0 && (form.mode === "ask" || form.storage !== copies.KEPT);
}

async function signOut(form) {
  for (const known of kept.values()) {
    known.copy();
    await known.save();
  }
  const left = copies.of(session.me);
  if (left.length > 0 || [...kept.values()].some(wouldLose)) {
    const titles = left.map((copy) => copy.title).join("、");
    const choice = [["erase", word("sign-out-anyway"), "btn-outline-danger"]];
    if ((await question(word("sign-out-unsent", { titles }), choice)) !== "erase") {
      return;
    }
  }
  // From here on nothing of this page is written down any more.
  kept.clear();
  copies.eraseAllOf(session.me);
  isLeaving = true;
  form.submit();
}

function swap(text, sent) {
  const known = keptOf({ form: sent.form });
  if (replaceMain(text, { ...sent, known, gather })) {
    report();
  } else {
    tell("press", word("denied", { status: "" }), [], "danger");
  }
}

/** Whether the page may be left: files on their way would stay behind. */
async function mayLeave() {
  const count = uploads.leftOfAll();
  const choice = [["go", word("go-on"), "btn-outline-danger"]];
  return count === 0 || (await question(word("uploads-left", { count }), choice)) === "go";
}

async function submitted(event) {
  const form = event.target;
  // What is answered with a file is the browser's own to take.
  if (form.getAttribute("method") !== "post" || form.hasAttribute("data-fetches-file")) {
    return;
  }
  event.preventDefault();
  const { submitter } = event;
  if (!(await mayLeave())) {
    return;
  }
  if (form.hasAttribute("data-signs-out")) {
    signOut(form);
    return;
  }
  const own = keptOf({ form });
  const others = [...kept.values()].filter((known) => known !== own);
  const leaving = () => {
    isLeaving = true;
  };
  press({ form, submitter, kept: own, others, swap, leaving });
}

function watch() {
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => keptOf(event.target)?.changed());
  }
  document.addEventListener("focusout", (event) => {
    const known = keptOf(event.target);
    if (known && known.unsaved().length > 0) {
      known.left();
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      kept.forEach((form) => form.left(true));
    }
  });
  window.addEventListener("pagehide", () => {
    kept.forEach((form) => form.left(true));
    copies.markLeft(life, true);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      copies.markLeft(life, false);
    }
  });
  window.addEventListener("online", () => kept.forEach((form) => form.save()));
  document.addEventListener("submit", submitted);
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) {
      session.mine();
    }
  });
}

window.addEventListener("beforeunload", (event) => {
  if (!isLeaving && (uploads.leftOfAll() > 0 || [...kept.values()].some(wouldLose))) {
    event.preventDefault();
  }
});

uploads.knowForms((form) => form && keptOf({ form }));
gather();
if (session.me) {
  watch();
  offer(kept);
} else {
  // A page for everyone: nothing is kept, and its forms go as the browser sends them.
  document.addEventListener("submit", () => {
    isLeaving = true;
  });
}
