// The sheet of a meeting counts what is chosen while one ticks; the server counts again.
//
// Listens at the document: a sheet that came back takes the place of the one before.
function count(form) {
  const shown = form.querySelector("[data-chosen]");
  const chosen = form.querySelectorAll('input[type="radio"][value="chosen"]:checked').length;
  const { places } = form.dataset;
  shown.textContent = String(chosen);
  shown.closest("[data-count]").classList.toggle("field-error", places !== "" && chosen > Number(places));
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-places]");
  if (form) {
    count(form);
  }
});
