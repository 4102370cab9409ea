// Whose session this browser has now, and whether it is still that of the person of this page.
//
// A page belongs to the person it was made for. When the session has ended, what is typed stays;
// once the same person has signed in again, in whatever window, the page takes the fresh token and
// goes on. For another person it says so and sends nothing.

import { element, tell, untell } from "./notices.js";
import { word } from "./words.js";

const { person, personName, session: address, signIn } = document.body.dataset;
const LOOK_AGAIN = 20_000;
const NOTICE = "session";

let token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["x-csrftoken"];
let waiting = null;

/** The opaque id of the person of this page; "" on a page for everyone. */
export const me = person ?? "";

/** What every request of ours carries, so that the server takes it for this person only. */
export function headers() {
  return { "X-CSRFToken": token, "X-Person": me, "X-Sent-By": "script" };
}

/** Ask the server whose session this is; null when it cannot be asked. */
async function present() {
  try {
    const answer = await fetch(address, { cache: "no-store", credentials: "same-origin" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function take(fresh) {
  token = fresh;
  document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": fresh }));
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
    input.value = fresh;
  }
}

function tellEnded() {
  const link = element("a", { href: signIn, target: "_blank", rel: "noopener" }, word("sign-in"));
  tell(NOTICE, element("p", {}, word("session-ended"), " ", link), [], "danger");
}

function tellOther(found) {
  tell(NOTICE, word("session-of-other", { other: found.name, mine: personName }), [], "danger");
}

/** Look once; true when the session is (again) that of this page's person. */
async function look() {
  const found = await present();
  if (!found) {
    return false;
  }
  if (found.person === me) {
    take(found.token);
    untell(NOTICE);
    return true;
  }
  if (found.person) {
    tellOther(found);
  } else {
    tellEnded();
  }
  return false;
}

/** Resolves once this page may send again: at once with a fresh token, or after a sign-in. */
export function mine() {
  waiting ??= new Promise((resolve) => {
    const again = async () => {
      if (waiting && (await look())) {
        waiting = null;
        window.removeEventListener("focus", again);
        document.removeEventListener("visibilitychange", again);
        window.clearInterval(timer);
        resolve();
      }
    };
    const timer = window.setInterval(again, LOOK_AGAIN);
    window.addEventListener("focus", again);
    document.addEventListener("visibilitychange", again);
    window.setTimeout(again, 0);
  });
  return waiting;
}

/** Whether the page waits for its person to sign in again. */
export const isOver = () => waiting !== null;
