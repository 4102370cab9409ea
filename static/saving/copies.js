// Copies in this browser of what the server has not acknowledged.
//
// They lie in localStorage: it is written at once, so that a page being killed leaves its last
// pause behind, and texts are small. (IndexedDB answers later than a dying page lives.) A copy
// belongs to a person (an opaque id), a life (lives.js) and a form (its address), and says of each
// field what was typed and what the server then showed. Copies end after seven days.

const PREFIX = "designation.copy ";
const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000;

export const KEPT = "kept";
export const FULL = "full";
export const OFF = "off";

function store() {
  try {
    return window.localStorage;
  } catch {
    // The browser was told to let sites keep nothing.
    return null;
  }
}

const keyOf = ({ person, life, address }) => PREFIX + JSON.stringify([person, life, address]);

function named(key) {
  const [person, life, address] = JSON.parse(key.slice(PREFIX.length));
  return { person, life, address };
}

function all() {
  const storage = store();
  const keys = storage ? Object.keys(storage).filter((key) => key.startsWith(PREFIX)) : [];
  return keys.map((key) => ({ ...named(key), ...JSON.parse(storage.getItem(key)) }));
}

/** Whether this browser keeps anything for us: KEPT, FULL or OFF. */
export function state() {
  const storage = store();
  if (!storage) {
    return OFF;
  }
  return written(storage, `${PREFIX}?`, "") ? (storage.removeItem(`${PREFIX}?`), KEPT) : FULL;
}

function written(storage, key, text) {
  try {
    storage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

/** Keep a copy: `{person, life, address, page, title, at, fields}`. Answers KEPT, FULL or OFF. */
export function keep(copy) {
  const storage = store();
  if (!storage) {
    return OFF;
  }
  const { person, life, address, ...rest } = copy;
  return written(storage, keyOf({ person, life, address }), JSON.stringify(rest)) ? KEPT : FULL;
}

export function erase(copy) {
  store()?.removeItem(keyOf(copy));
}

/** The copies of one person, oldest first. */
export function of(person) {
  return all()
    .filter((copy) => copy.person === person)
    .sort((one, other) => one.at - other.at);
}

export function eraseAllOf(person) {
  of(person).forEach(erase);
}

/** Clear what is older than seven days, whosever it is. */
export function clearOld() {
  all()
    .filter((copy) => copy.at < Date.now() - SEVEN_DAYS)
    .forEach(erase);
}

/** Say of the copies of a life that their page was left in the ordinary way, or came back. */
export function markLeft(life, left) {
  for (const copy of all()) {
    if (copy.life === life) {
      keep({ ...copy, left });
    }
  }
}
