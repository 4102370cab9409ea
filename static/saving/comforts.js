// Small comforts of every page.

// On a page for everyone a form is sent once: a second press while it is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") {
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

// Filters apply when chosen, without a press of the button.
document.addEventListener("change", (event) => {
  event.target.closest("form[data-apply]")?.requestSubmit();
});

// Where nobody can sign in without cookies, it is said before the attempt.
if (!navigator.cookieEnabled) {
  document.querySelectorAll("[data-without-cookies]").forEach((notice) => {
    notice.hidden = false;
  });
}
