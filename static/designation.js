// Small comforts; every page works without them.
"use strict";

// A form is sent once: a second press while it is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent === "yes") {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !form.hasAttribute("hx-post")) {
    form.dataset.sent = "yes";
  }
});

// The browser's way back shows the page as it was; let it send again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
  });
});

// Leaving with something typed and not yet kept asks first.
let unsaved = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-keep]")) {
    unsaved = true;
  }
});
document.addEventListener("submit", () => { unsaved = false; });
document.addEventListener("htmx:afterRequest", (event) => {
  const told = event.detail.xhr.getResponseHeader("HX-Retarget");
  const kept = event.target.closest("form[data-keep]");
  if (kept && event.detail.successful && !told) {
    unsaved = false;
  }
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved) {
    event.preventDefault();
  }
});

// Filters apply when chosen, without a press of the button.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-apply]");
  if (form) {
    form.requestSubmit();
  }
});
