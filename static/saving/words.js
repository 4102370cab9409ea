// The words of the script stand in the page (templates/parts/saving.html), in its language.

const words = document.getElementById("saving-words");

/** The text named `name`, with each {key} replaced by `values[key]`. */
export function word(name, values = {}) {
  const text = words.content.querySelector(`[data-word="${name}"]`).textContent;
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/** A moment (milliseconds) as 09:12 today, as 2026-11-26 09:12 on another day. */
export function moment(at) {
  const two = (number) => String(number).padStart(2, "0");
  const then = new Date(at);
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
  if (then.toDateString() === new Date().toDateString()) {
    return time;
  }
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())} ${time}`;
}
