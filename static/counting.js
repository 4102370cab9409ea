// The sheet of a meeting counts what is chosen while one ticks; the server counts again.
//
// Listens at the document: a sheet that came back takes the place of the one before.
function count(form) {
  const line = form.querySelector("[data-count]");
  const chosen = form.querySelectorAll('input[type="radio"][value="chosen"]:checked').length;
  const { places } = form.dataset;
  const over = places === "" ? 0 : Math.max(chosen - Number(places), 0);
  line.querySelector("[data-chosen]").textContent = String(chosen);
  line.querySelector("[data-by]").textContent = String(over);
  line.querySelector("[data-over]").hidden = over === 0;
}

function countAll() {
  document.querySelectorAll("form[data-places]").forEach(count);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-places]");
  if (form) {
    count(form);
  }
});
// What the browser itself, or the copy that it kept, ticked before anybody pressed anything.
window.addEventListener("pageshow", countAll);
countAll();
