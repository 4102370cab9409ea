// What comes from the server late does not move what somebody is about to press.
//
// A verdict, a list of files, a message: each takes room when it comes, perhaps a second after the
// press that it answers, when the thumb is on its way to the next question. What follows keeps its
// place on the screen; what is done moves up.

const PLACES = "a, button, input, label, legend, select, summary, textarea, h2, h3, p, td";

const follows = (element, other) =>
  Boolean(other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);

/** Of elements of one page, the one that comes last. */
const lastOf = (elements) => elements.reduce((last, each) => (follows(each, last) ? each : last));

const isBelow = (element) => element.getBoundingClientRect().top >= window.innerHeight;

function isOnScreen(element) {
  const { top, height } = element.getBoundingClientRect();
  return height > 0 && top >= 0 && top < window.innerHeight;
}

/** What is to stay where it is: the control one is in, or else the first on the screen. */
function anchorAfter(elements) {
  // What changes below the screen moves nothing on it.
  const seen = elements.filter((element) => !isBelow(element));
  if (seen.length === 0) {
    return undefined;
  }
  const last = lastOf(seen);
  const mayStay = (element) =>
    follows(element, last) && !elements.some((each) => each.contains(element)) && isOnScreen(element);
  const here = document.activeElement;
  const others = document.getElementById("content")?.querySelectorAll(PLACES) ?? [];
  return [here, ...others].find(mayStay);
}

/**
 * To be called before `elements` change; what it returns is called when they have, and puts what
 * follows them back to its place on the screen.
 */
export function hold(elements) {
  const anchor = anchorAfter(elements);
  const before = anchor?.getBoundingClientRect().top;
  return () => {
    const moved = anchor?.isConnected ? anchor.getBoundingClientRect().top - before : 0;
    if (moved !== 0) {
      window.scrollBy({ top: moved, behavior: "instant" });
    }
  };
}

/** As `hold`, for what is to be read: in sight it takes its room, out of sight it moves nothing. */
export function holdUnseen(place) {
  return hold(place.getBoundingClientRect().bottom < 0 ? [place] : []);
}

// Parts that the page asks for by itself: how far a job is, what a draft would look like. Whoever
// is in a field while a draft is drawn anew beside it stays there.
const held = new WeakMap();
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const isInField = document.activeElement?.matches("input, select, textarea");
  held.set(detail.xhr, hold(isInField ? [] : [detail.target]));
});
document.addEventListener("htmx:afterSwap", ({ detail }) => held.get(detail.xhr)?.());
