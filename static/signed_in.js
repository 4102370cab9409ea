// A page of a signed-in person is not shown again once they have signed out, or another has
// signed in: brought back by the browser, it leaves for the server's answer. While the session
// lasts, the way back shows the page as it was left, with what was typed.
"use strict";

function presentPerson() {
  const pairs = document.cookie.split("; ").map((pair) => pair.split("="));
  return new Map(pairs).get("signed_in") ?? "";
}

function isBroughtBack(event) {
  const [entry] = performance.getEntriesByType("navigation");
  return event.persisted || entry?.type === "back_forward";
}

window.addEventListener("pageshow", (event) => {
  if (isBroughtBack(event) && document.body.dataset.person !== presentPerson()) {
    document.documentElement.hidden = true;
    const here = new URL(window.location.href);
    // With a place in the page named, the browser would only move to it.
    here.hash = "";
    window.location.replace(here);
  }
});
