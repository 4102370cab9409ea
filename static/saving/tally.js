// How many saves this browser session sent, and how many of them were acknowledged today.
//
// The figures travel with the next save, beside a random number; nothing else is told. A nightly
// comparison holds them against what the server kept (designation/site/tallies.py).

import { newKey } from "./lives.js";

const PLACE = "designation.tally";

const today = () => new Date().toISOString().slice(0, 10);

function read() {
  try {
    const found = JSON.parse(window.sessionStorage.getItem(PLACE));
    return found?.day === today() ? found : null;
  } catch {
    return null;
  }
}

let own = null;

function present() {
  own = read() ?? (own?.day === today() ? own : { day: today(), id: newKey(), sent: 0, acknowledged: 0 });
  return own;
}

function write(tally) {
  own = tally;
  try {
    window.sessionStorage.setItem(PLACE, JSON.stringify(tally));
  } catch {
    // Then the figures live as long as the page.
  }
}

export const count = {
  /** The figures up to now, as "id:sent:acknowledged". */
  said() {
    const { id, sent, acknowledged } = present();
    return [id, sent, acknowledged].join(":");
  },
  sent() {
    const tally = present();
    write({ ...tally, sent: tally.sent + 1 });
  },
  acknowledged() {
    const tally = present();
    write({ ...tally, acknowledged: tally.acknowledged + 1 });
  },
};
