// Small comforts of every page.

// On a page for everyone a form is sent once: a second press while it is on its way does nothing.
// What is answered with a file leaves the page as it is, and may be fetched again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const goesAway = form.getAttribute("method") === "post" && !form.hasAttribute("data-fetches-file");
  if (event.defaultPrevented || !goesAway) {
    return;
  }
  if (form.dataset.sent === "yes") {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});

// The browser's way back shows the page as it was; let it send again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
  });
});

// One press ticks several boxes, each of which stays an answer of its own.
document.documentElement.dataset.script = "yes";
document.addEventListener("click", (event) => {
  const ids = event.target.closest("[data-ticks]")?.dataset.ticks.split(" ") ?? [];
  for (const box of ids.map((id) => document.getElementById(id)).filter(Boolean)) {
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

// A press puts a field where one types; the last input that was typed in is remembered.
let typedIn = null;
document.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea, input[type=text]")) {
    typedIn = event.target;
  }
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) {
    return;
  }
  const own = button.form.querySelector("textarea");
  const input = typedIn?.isConnected && typedIn.form === button.form ? typedIn : own;
  input.setRangeText(button.dataset.insert, input.selectionStart, input.selectionEnd, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
});

// Filters apply when chosen, without a press of the button.
document.addEventListener("change", (event) => {
  if (event.target.matches("select")) {
    event.target.closest("form[data-apply]")?.requestSubmit();
  }
});

// Where nobody can sign in without cookies, it is said before the attempt.
if (!navigator.cookieEnabled) {
  document.querySelectorAll("[data-without-cookies]").forEach((notice) => {
    notice.hidden = false;
  });
}

// How much of a length is used is counted from nine tenths on; the server says what is too much.
const COUNTED_FROM = 0.9;

function count(input) {
  const longest = Number(input.dataset.longest);
  const length = [...input.value.replaceAll("\r\n", "\n").trim()].length;
  let told = input.nextElementSibling;
  if (!told?.classList.contains("field-count")) {
    told = document.createElement("output");
    told.className = "field-count";
    input.after(told);
  }
  told.hidden = length < longest * COUNTED_FROM;
  told.textContent = `${length} / ${longest}`;
  told.classList.toggle("field-count-over", length > longest);
}

document.addEventListener("input", (event) => {
  if (event.target.dataset?.longest) {
    count(event.target);
  }
});
document.querySelectorAll("[data-longest]").forEach((input) => {
  if (input.value.length >= Number(input.dataset.longest) * COUNTED_FROM) {
    count(input);
  }
});

// A menu closes at Escape, and when something else is pressed or comes into focus.
const MENUS = "details.account[open], .menu-box:checked";

function close(menu) {
  menu.open = false;
  menu.checked = false;
}

const holds = (menu, target) => (menu.matches("details") ? menu : menu.parentElement).contains(target);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelectorAll(MENUS).forEach((menu) => {
      const isWithin = holds(menu, document.activeElement);
      close(menu);
      if (isWithin) {
        (menu.querySelector("summary") ?? menu).focus();
      }
    });
  }
});
for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    document.querySelectorAll(MENUS).forEach((menu) => {
      if (!holds(menu, event.target)) {
        close(menu);
      }
    });
  });
}

// Listened for on the page as a whole: what takes the place of its main part has its button too.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    window.print();
  }
});

// What is folded away is printed, also by browsers that cannot be told so by the style.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("main details:not([open])").forEach((folded) => {
    folded.open = true;
    folded.dataset.opened = "to-print";
  });
});
window.addEventListener("afterprint", () => {
  document.querySelectorAll("details[data-opened]").forEach((folded) => {
    folded.open = false;
    delete folded.dataset.opened;
  });
});
