// The page of a review: what was given so far, and the way from item to item by J and K.

const form = document.querySelector("form[data-review]");

function say(place, number) {
  const shown = form.querySelector(place);
  if (shown) {
    shown.textContent = String(number);
  }
}

// What a filter keeps out of sight was given, too.
function count() {
  const marked = form.querySelectorAll('input[name^="verdict-"]:checked').length;
  say("[data-marked]", marked + Number(form.dataset.hiddenMarks));
  say("[data-returned]", form.querySelectorAll('input[name="return"]:checked').length);
}

form?.addEventListener("change", (event) => {
  count();
  if (event.target.matches('input[name="return"]:checked')) {
    event.target.closest(".to-return").querySelector("textarea").focus();
  }
});

// A copy that was put back, or a way back to the page: as it is now.
window.addEventListener("pageshow", () => form && count());

const isTyping = (target) => target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])');
const WAY = { j: 1, k: -1 };

// One key alone is a command only inside an item, so that nobody who dictates sets it off.
form?.addEventListener("keydown", (event) => {
  const step = WAY[event.key.toLowerCase()];
  const here = event.target.closest("form[data-review] > section");
  if (!step || !here || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const items = [...form.querySelectorAll(":scope > section[id]")];
  const there = items[items.indexOf(here) + step];
  if (there) {
    event.preventDefault();
    there.tabIndex = -1;
    there.focus();
    there.scrollIntoView({ block: "start" });
  }
});
