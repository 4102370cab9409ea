// A button of a form was pressed: the form goes by a request of ours, files and all.
//
// So a refused form keeps its files, an old token is renewed, a lost line is waited for, and what
// other forms of the page hold is saved first or asked about.

import * as fields from "./fields.js";
import { element, question, tell, untell } from "./notices.js";
import * as sending from "./sending.js";
import * as session from "./session.js";
import { word } from "./words.js";

const NOTICE = "press";
// A bar that comes and goes at once only flickers.
const SHOWN_AFTER = 400;
// A token that is old again at once is none that cookies carried.
const RENEWALS = 2;

function showProgress() {
  const bar = element("progress", { class: "progress", max: "1" });
  const text = element("p", {}, word("sending"));
  const timer = window.setTimeout(() => tell(NOTICE, [text, bar], [], "info"), SHOWN_AFTER);
  return {
    set(share) {
      bar.value = share;
      text.textContent = word("sent-share", { share: Math.round(share * 100) });
    },
    end() {
      window.clearTimeout(timer);
      untell(NOTICE);
    },
  };
}

/** One request that was lost on its way is no reason to ask: it is sent once more. */
async function savedAtLast(form) {
  return (await form.save()) || (await form.save());
}

/** Save or ask about what other forms of the page hold; true when the press may go on. */
export async function settleOthers(others) {
  for (const other of others) {
    await other.idle();
    if (other.isUnsaved() && (other.hasFiles() || !(await savedAtLast(other)))) {
      const what = other.mode === "ask" ? "leave-dropped" : "leave-kept";
      if ((await question(word(what), [["go", word("go-on"), "btn-outline-danger"]])) !== "go") {
        return false;
      }
    }
  }
  return true;
}

function goTo(address) {
  const target = new URL(address, location.href);
  const isHere = target.pathname + target.search === location.pathname + location.search;
  location.assign(target);
  if (isHere && target.hash) {
    location.reload();
  }
}

function body(form, submitter) {
  const made = new FormData(form);
  if (submitter?.name) {
    made.append(submitter.name, submitter.value);
  }
  return made;
}

/** Say why the press has not gone through; resolves when it is worth another try. */
function reason(answer, attempt) {
  if (answer.meaning === sending.NOT_MINE) {
    attempt.renewals += 1;
    return session.mine();
  }
  const why = answer.meaning === sending.BUSY ? "busy" : "no-line";
  tell(NOTICE, word(why), [[word("stop-trying"), attempt.stop]], "danger");
  attempt.tries += 1;
  return sending.pause(attempt.tries - 1);
}

/** Whether to try again after an answer that settled nothing; waits as long as is sensible. */
async function again(answer, attempt) {
  if (answer.meaning === sending.DENIED) {
    tell(NOTICE, word("denied", { status: answer.status }), [], "danger");
    return false;
  }
  if (answer.said?.stale_token && attempt.renewals >= RENEWALS) {
    tell(NOTICE, word("no-cookies"), [], "danger");
    return false;
  }
  attempt.isWaiting = true;
  await Promise.race([reason(answer, attempt), attempt.stopped]);
  attempt.isWaiting = false;
  untell(NOTICE);
  return !attempt.isStopped;
}

function newAttempt() {
  const attempt = { tries: 0, renewals: 0, isWaiting: false, isStopped: false, isGone: false };
  attempt.stopped = new Promise((resolve) => {
    attempt.stop = () => {
      attempt.isStopped = true;
      resolve();
    };
  });
  return attempt;
}

let underway = null;

/**
 * Send `form` as `submitter` would. `kept` is its KeptForm, where it has one; `others` those that
 * this press does not send; `swap(page, sent)` puts a page that came back in the place of this
 * one; `leaving()` is told before the page goes elsewhere.
 */
export async function press(pressed) {
  if (underway && !underway.isWaiting) {
    // A second press while the first is on its way does nothing.
    return;
  }
  underway?.stop();
  const attempt = newAttempt();
  underway = attempt;
  document.documentElement.dataset.sending = "yes";
  pressed.submitter?.setAttribute("aria-busy", "true");
  try {
    if (await settleOthers(pressed.others)) {
      await pressed.kept?.idle();
      attempt.isGone = await send(pressed, attempt);
    }
  } finally {
    if (underway === attempt && !attempt.isGone) {
      underway = null;
      delete document.documentElement.dataset.sending;
      pressed.submitter?.removeAttribute("aria-busy");
    }
  }
}

/** True when the page is on its way elsewhere. */
async function send({ form, submitter, kept, swap, leaving }, attempt) {
  const isElsewhere = submitter?.hasAttribute("formaction");
  const address = isElsewhere ? submitter.formAction : form.getAttribute("action") || location.href;
  let answer;
  do {
    const way = kept?.pressed();
    const files = fields.chosenFiles(form);
    const progress = showProgress();
    answer = await sending.sendForm(address, body(form, submitter), progress.set);
    progress.end();
    way?.done(answer.meaning === sending.WENT);
    if (answer.meaning === sending.WENT) {
      leaving();
      goTo(answer.said.went);
      return true;
    }
    if (answer.meaning === sending.PAGE) {
      swap(answer.text, { form, files, texts: way?.texts });
      return false;
    }
  } while (await again(answer, attempt));
  return false;
}
