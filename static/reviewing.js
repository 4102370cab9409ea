// The page of a review: what was given so far, in the bar and in the list; from item to item by J and K.
//
// The form may come back in the place of itself (saving/page.js): it is asked for at each event.

const ITEM = "article[id^=item-]";
const review = () => document.querySelector("form[data-review]");
const isOfReview = (target) => target.form === review() && review() !== null;

function say(form, place, number) {
  const shown = form.querySelector(place);
  if (shown) {
    shown.textContent = String(number);
  }
}

// What a filter keeps out of sight was given, too.
function count(form) {
  const marked = form.querySelectorAll('input[name^="verdict-"]:checked').length;
  say(form, "[data-marked]", marked + Number(form.dataset.hiddenMarks));
  say(form, "[data-returned]", form.querySelectorAll('input[name="return"]:checked').length);
}

const rowOf = (form, code) => form.querySelector(`[data-row="${CSS.escape(code)}"]`);

/** The list beside the items says what was just given. */
function sayInList(control) {
  const code = control.name === "return" ? control.value : control.name.replace("verdict-", "");
  const row = rowOf(control.form, code);
  if (!row) {
    // A part beside the items has no row.
    return;
  }
  if (control.name === "return") {
    row.querySelector("[data-row-returned]").hidden = !control.checked;
  } else {
    row.querySelector("[data-row-verdict]").textContent = control.labels[0].textContent.trim();
  }
}

// A reason whose tick is taken away is not sent; set again, it is there again.
const laidAside = new WeakMap();

function withItsTick(tick) {
  const reason = tick.closest(".to-return").querySelector("textarea");
  if (tick.checked) {
    reason.value = reason.value || laidAside.get(reason) || "";
    reason.focus();
  } else {
    laidAside.set(reason, reason.value);
    reason.value = "";
  }
  reason.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("change", (event) => {
  const control = event.target;
  if (!isOfReview(control)) {
    return;
  }
  count(control.form);
  if (control.matches('input[name="return"], input[name^="verdict-"]:checked')) {
    sayInList(control);
  }
  if (event.isTrusted && control.matches('input[name="return"]')) {
    withItsTick(control);
  }
});

// What is so often wrong is listed at a press, and can be written on.
document.addEventListener("click", (event) => {
  const press = event.target.closest("[data-reason]");
  if (!press) {
    return;
  }
  const place = press.closest(".to-return");
  const tick = place.querySelector("input[name=return]");
  const reason = place.querySelector("textarea");
  if (!reason.value.includes(press.dataset.reason)) {
    reason.value = reason.value.trim() ? `${reason.value.trim()}\n${press.dataset.reason}` : press.dataset.reason;
  }
  tick.checked = true;
  tick.dispatchEvent(new Event("change", { bubbles: true }));
  reason.dispatchEvent(new Event("input", { bubbles: true }));
  reason.focus();
});

// A copy that was put back, or a way back to the page: as it is now.
window.addEventListener("pageshow", () => review() && count(review()));

/** The item that one is at is shown in the list, and kept in sight there. */
document.addEventListener("focusin", (event) => {
  const here = event.target.closest(`form[data-review] > ${ITEM}`);
  const row = here && rowOf(review(), here.id.replace("item-", ""));
  if (row) {
    review().querySelector("[data-row][aria-current]")?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    const list = row.closest("nav");
    list.scrollTop = row.offsetTop - list.clientHeight / 2;
  }
});

const isTyping = (target) => target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])');
const WAY = { j: 1, k: -1 };

/** From an item to the decision on all of them. */
function goToTheDecision(event) {
  const decision = document.getElementById("decide");
  event.preventDefault();
  decision.tabIndex = -1;
  decision.focus();
  decision.scrollIntoView({ block: "start" });
}

// One key alone is a command only inside an item or the list, so that nobody who dictates sets it off.
document.addEventListener("keydown", (event) => {
  const step = WAY[event.key?.toLowerCase()];
  if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key?.toLowerCase() === "d" && event.target.closest("form[data-review]")) {
    goToTheDecision(event);
  }
  for (const kind of [`form[data-review] > ${ITEM}`, "form[data-review] [data-row]"]) {
    const here = event.target.closest(kind);
    const places = [...document.querySelectorAll(kind)];
    const there = here && step && places[places.indexOf(here) + step];
    if (there) {
      event.preventDefault();
      there.focus();
      there.scrollIntoView({ block: there.matches("section") ? "start" : "nearest" });
    }
  }
});
