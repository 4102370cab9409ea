// What a form holds: its fields by name, each as the list of texts it carries.
//
// Passwords, files, hidden inputs and buttons are no fields in this sense: a password is never
// kept, a file cannot be, and the others carry nothing that a person typed or chose.

const NO_FIELD = new Set(
  ["hidden", "password", "file", "submit", "button", "image", "reset", "fieldset", "output"],
);

// A choice between two people's texts is an answer to the page, not a field (designation/site/shown.py).
const CHOICE = "choose-";

/** The controls of `form` in which a person types or chooses, by field name. */
export function controls(form) {
  const found = new Map();
  for (const control of form.elements) {
    const isField = control.name && !NO_FIELD.has(control.type) && !control.matches(":disabled");
    if (!isField || control.name.startsWith(CHOICE)) {
      continue;
    }
    found.set(control.name, [...(found.get(control.name) ?? []), control]);
  }
  return found;
}

const isTicked = (control) => control.type === "checkbox" || control.type === "radio";

function textsOf(control, isNow) {
  if (isTicked(control)) {
    return (isNow ? control.checked : control.defaultChecked) ? [control.value] : [];
  }
  if (control.tagName === "SELECT") {
    return chosen(control, isNow).map((option) => option.value);
  }
  return [(isNow ? control.value : control.defaultValue).replaceAll("\r\n", "\n")];
}

function chosen(select, isNow) {
  const options = [...select.options];
  if (isNow) {
    return options.filter((option) => option.selected);
  }
  const marked = options.filter((option) => option.defaultSelected);
  // A list of one choice that marks none shows its first.
  return marked.length || select.multiple ? marked : options.slice(0, 1);
}

function gathered(form, isNow) {
  const texts = new Map();
  for (const [name, group] of controls(form)) {
    texts.set(name, group.flatMap((control) => textsOf(control, isNow)));
  }
  return texts;
}

/** What stands in the form now: lists of texts by field name. */
export const present = (form) => gathered(form, true);

/** What the page showed when it came from the server. */
export const asShown = (form) => gathered(form, false);

/** The field of the record that the input is for: several inputs may make one value together. */
export function recordField(form, name) {
  return controls(form).get(name)?.[0].dataset.partOf ?? name;
}

/** Whether the server keeps the field only with a press: until then its copy is here. */
export function isCopyOnly(form, name) {
  return controls(form).get(name)?.[0].hasAttribute("data-copy-only") ?? false;
}

/** Put `texts` into the field, as if typed there. */
export function put(form, name, texts) {
  const group = controls(form).get(name) ?? [];
  const left = [...texts];
  for (const control of group) {
    if (isTicked(control)) {
      control.checked = texts.includes(control.value);
    } else if (control.tagName === "SELECT") {
      for (const option of control.options) {
        option.selected = texts.includes(option.value);
      }
    } else {
      control.value = left.shift() ?? "";
    }
  }
  group[0]?.dispatchEvent(new Event("input", { bubbles: true }));
  group[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

/** How the page calls the field: its legend or label. */
export function label(form, name) {
  const first = controls(form).get(name)?.[0];
  const legend = first && isTicked(first) && first.closest("fieldset")?.querySelector("legend");
  const said = legend || first?.labels?.[0];
  return (said?.firstChild?.textContent ?? first?.getAttribute("aria-label") ?? name).trim() || name;
}

/** What a person reads in the field: the words beside a choice, not its code. */
export function inWords(form, name, texts) {
  const group = controls(form).get(name) ?? [];
  const say = (text) => {
    const ticked = group.find((control) => isTicked(control) && control.value === text);
    const options = group.flatMap((control) => [...(control.options ?? [])]);
    const option = options.find((candidate) => candidate.value === text);
    return (ticked?.labels?.[0] ?? option)?.textContent.trim() || text;
  };
  return texts.map(say).join("、");
}

/** The files chosen in the form, by name of their input. */
export function chosenFiles(form) {
  const inputs = [...form.elements].filter((control) => control.type === "file");
  return new Map(
    inputs.filter((input) => input.files.length).map((input) => [input.name, [...input.files]]),
  );
}

/** Choose `files` again in an input that a refused form came back with. */
export function chooseAgain(input, files) {
  const carrier = new DataTransfer();
  files.forEach((file) => carrier.items.add(file));
  input.files = carrier.files;
}
