// What an earlier life of a page left behind is offered again, never put in unasked.

import * as copies from "./copies.js";
import * as fields from "./fields.js";
import { content } from "./ledger.js";
import * as lives from "./lives.js";
import { element, tell, untell } from "./notices.js";
import * as session from "./session.js";
import { moment, word } from "./words.js";

const ELSEWHERE = "copies elsewhere";

/** The copies whose page is gone: crashed, killed, closed, left, or ended with its session. */
async function leftBehind() {
  const open = await lives.open();
  return copies.of(session.me).filter((copy) => copy.left || !open.has(copy.life));
}

/** The newest text of each field, with when it was typed. */
function newest(list) {
  const found = new Map();
  for (const copy of list) {
    for (const [name, field] of Object.entries(copy.fields)) {
      found.set(name, { ...field, at: copy.at });
    }
  }
  return found;
}

function line(name, field, kept) {
  const parts = [element("dt", {}, `${field.label} · ${moment(field.at)}`)];
  parts.push(element("dd", { class: "both-texts" }, field.words || word("empty")));
  if (kept && !kept.ledger.knows(name)) {
    parts.push(element("dd", { class: "muted" }, word("no-such-field")));
  } else if (kept && content(kept.ledger.held(name)) !== content(field.shown)) {
    const now = fields.inWords(kept.form, name, kept.ledger.held(name)) || word("empty");
    parts.push(element("dd", { class: "both-texts" }, word("changed-since", { text: now })));
  }
  return parts;
}

const listed = (found, kept) =>
  element("dl", { class: "facts" }, ...[...found].flatMap(([name, field]) => line(name, field, kept)));

/** Keep of the copies only the fields that could not be put back here. */
function dropFields(list, names) {
  for (const copy of list) {
    const rest = Object.entries(copy.fields).filter(([name]) => !names.has(name));
    if (rest.length > 0) {
      copies.keep({ ...copy, fields: Object.fromEntries(rest) });
    } else {
      copies.erase(copy);
    }
  }
}

function offerHere(kept, list) {
  const found = newest(list);
  for (const [name, field] of found) {
    if (kept.ledger.knows(name) && content(kept.ledger.held(name)) === content(field.texts)) {
      // The server has it: the answer was lost on its way, or somebody typed the same.
      found.delete(name);
      dropFields(list, new Set([name]));
    }
  }
  if (found.size === 0) {
    return;
  }
  const notice = `copy ${kept.address}`;
  const restore = () => {
    const here = [...found].filter(([name]) => kept.ledger.knows(name));
    here.forEach(([name, field]) => fields.put(kept.form, name, field.texts));
    kept.left();
    dropFields(copiesNow(list), new Set(here.map(([name]) => name)));
    untell(notice);
  };
  const discard = () => {
    list.forEach(copies.erase);
    untell(notice);
  };
  tell(notice, [word("found-here"), listed(found, kept)], [
    [word("restore"), restore],
    [word("discard"), discard],
  ]);
}

/** The same copies as they lie there now: some of their fields may have been dropped already. */
function copiesNow(list) {
  const isOneOf = (copy) => list.some((one) => one.life === copy.life && one.address === copy.address);
  return copies.of(session.me).filter(isOneOf);
}

function offerElsewhere(list) {
  const discard = () => {
    list.forEach(copies.erase);
    untell(ELSEWHERE);
  };
  const entries = list.map((copy) =>
    element(
      "details",
      {},
      element("summary", {}, `${copy.title} · ${moment(copy.at)}`),
      listed(newest([copy]), null),
      element("p", {}, element("a", { href: copy.page }, word("open-page"))),
    ),
  );
  tell(ELSEWHERE, [word("found-elsewhere"), ...entries], [[word("discard-all"), discard]], "info");
}

/** Look once, when the page opens; `forms` are its kept forms by address. */
export async function offer(forms) {
  copies.clearOld();
  const elsewhere = [];
  const here = new Map();
  for (const copy of await leftBehind()) {
    if (forms.has(copy.address)) {
      here.set(copy.address, [...(here.get(copy.address) ?? []), copy]);
    } else {
      elsewhere.push(copy);
    }
  }
  for (const [address, list] of here) {
    offerHere(forms.get(address), list);
  }
  if (elsewhere.length > 0) {
    offerElsewhere(elsewhere);
  }
}
