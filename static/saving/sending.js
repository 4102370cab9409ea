// One request of ours and its answer, named by what it means for the page.

import * as session from "./session.js";

export const KEPT = "kept"; // JSON of a save
export const WENT = "went"; // done; the page is to go to `went`
export const PAGE = "page"; // a page of the server's: the form refused, a result, or nothing there any more
export const NOT_MINE = "not-mine"; // signed out, another person, or a token grown old
export const BUSY = "busy"; // a colleague holds the row
export const AWAY = "away"; // no line, no answer, or the server in trouble
export const DENIED = "denied"; // an answer that sending again will not change

const REFUSED = 422;
// Not this person's any more: the page that says so lists what was typed.
const GONE = 404;
const LATE = 60_000;
// The first pauses before trying again, in milliseconds; the last one goes on.
const PAUSES = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

function meaning(status, said) {
  if (status === 401 || said?.signed_out || said?.stale_token || said?.other_person) {
    return NOT_MINE;
  }
  if (status === 409) {
    return BUSY;
  }
  if (status === 0 || status >= 500 || status === 429) {
    return AWAY;
  }
  if (said) {
    return said.went ? WENT : status === 200 ? KEPT : DENIED;
  }
  return status < 300 || [REFUSED, GONE].includes(status) ? PAGE : DENIED;
}

function understood(status, text, type) {
  const isData = type.includes("json");
  const said = isData ? JSON.parse(text) : null;
  return { status, said, text: isData ? "" : text, meaning: meaning(status, said) };
}

const nothing = { status: 0, said: null, text: "", meaning: AWAY };

/** Give a request up on which nothing has moved for a while. */
function watch(request) {
  let timer = 0;
  const moved = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => request.abort(), LATE);
  };
  request.upload.addEventListener("progress", moved);
  request.addEventListener("loadend", () => window.clearTimeout(timer));
  moved();
}

/**
 * Send a whole form; `progress` is told the share (0 to 1) that has gone up. `isWatched`: a line
 * on which nothing moves any more is taken for a broken one.
 */
export function sendForm(address, body, progress, { headers = {}, isWatched = false } = {}) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries({ ...session.headers(), ...headers })) {
      request.setRequestHeader(name, value);
    }
    if (isWatched) {
      watch(request);
    }
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) {
        progress(event.loaded / event.total);
      }
    });
    request.addEventListener("load", () => {
      const type = request.getResponseHeader("Content-Type") ?? "";
      resolve(understood(request.status, request.responseText, type));
    });
    for (const failure of ["error", "abort", "timeout"]) {
      request.addEventListener(failure, () => resolve(nothing));
    }
    request.send(body);
  });
}

/** Save some fields; `isLast` lets the request outlive the page. */
export async function sendFields(address, body, isLast) {
  const headers = { ...session.headers(), "X-Autosave": "1" };
  const signal = isLast ? undefined : AbortSignal.timeout?.(LATE);
  try {
    const answer = await fetch(address, {
      method: "POST", body, headers, signal, keepalive: isLast, credentials: "same-origin",
    });
    const type = answer.headers.get("Content-Type") ?? "";
    return understood(answer.status, await answer.text(), type);
  } catch {
    return nothing;
  }
}

/** Wait before the next try: longer each time, and no longer than until the line is back. */
export function pause(tries) {
  return new Promise((resolve) => {
    const done = () => {
      window.clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = window.setTimeout(done, PAUSES[Math.min(tries, PAUSES.length - 1)]);
    window.addEventListener("online", done);
  });
}
