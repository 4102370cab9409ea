// Which content of which field the server has acknowledged.
//
// An answer acknowledges what was in its own request, and nothing else: what was typed while it
// was on its way stays unsaved, an answer that comes after that to a later request says nothing
// new of the fields of both, and a second answer to the same request says nothing at all.

/** The content of a field as one text: equal texts are equal content. */
export const content = (texts) => JSON.stringify(texts);

export class Ledger {
  #acknowledged = new Map();
  #waiting = new Map();
  #newest = new Map();
  #count = 0;

  /** `shown`: lists of texts by field, as the server last showed them. */
  constructor(shown) {
    this.show(shown);
  }

  /** The server has shown these fields: that is what it holds. */
  show(shown) {
    for (const [name, texts] of shown) {
      this.#acknowledged.set(name, content(texts));
    }
  }

  knows(name) {
    return this.#acknowledged.has(name);
  }

  /** What the server was last known to hold of the field: a list of texts. */
  held(name) {
    return JSON.parse(this.#acknowledged.get(name) ?? "[]");
  }

  /** The names of the fields in `present` whose content the server has not acknowledged. */
  unsaved(present) {
    const differs = ([name, texts]) => this.#acknowledged.get(name) !== content(texts);
    return [...present].filter(differs).map(([name]) => name);
  }

  /** A request goes out under `key`, covering `texts` (lists of texts by field). */
  sent(key, texts) {
    this.#count += 1;
    const contents = new Map([...texts].map(([name, list]) => [name, content(list)]));
    this.#waiting.set(key, { place: this.#count, contents });
  }

  /** The fields on their way. */
  onTheirWay() {
    return new Set([...this.#waiting.values()].flatMap(({ contents }) => [...contents.keys()]));
  }

  /** Whether exactly these texts of the field are on their way. */
  isOnItsWay(name, texts) {
    const requests = [...this.#waiting.values()];
    return requests.some(({ contents }) => contents.get(name) === content(texts));
  }

  /** The server kept the fields `names` of the request `key`; returns those that now count. */
  acknowledge(key, names) {
    const request = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (!request) {
      return [];
    }
    const counted = names.filter(
      (name) => request.contents.has(name) && request.place > (this.#newest.get(name) ?? 0),
    );
    for (const name of counted) {
      this.#newest.set(name, request.place);
      this.#acknowledged.set(name, request.contents.get(name));
    }
    return counted;
  }

  /** The request was not answered, or nothing of it was kept. */
  giveUp(key) {
    this.#waiting.delete(key);
  }

  /** What the request `key` carried of the field, as one text. */
  carried(key, name) {
    return this.#waiting.get(key)?.contents.get(name);
  }
}
