// Each opened page is a life. A copy is offered again when the life that wrote it is over.
//
// A life holds a lock of the browser, which ends with it however it ends: closed, crashed, killed.

const PREFIX = "designation.life.";

function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A key for one request or one life; random. */
export const newKey = random;

/** The life of this page. */
export const life = random();

navigator.locks?.request(PREFIX + life, () => new Promise(() => {}));

/** The lives that still go on. Where the browser has no locks, this one only. */
export async function open() {
  if (!navigator.locks) {
    return new Set([life]);
  }
  const { held } = await navigator.locks.query();
  const names = held.map((lock) => lock.name).filter((name) => name.startsWith(PREFIX));
  return new Set([life, ...names.map((name) => name.slice(PREFIX.length))]);
}
