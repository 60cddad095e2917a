// What was entered before the scripts were there: on a slow line a page can be used long before them.

import { all } from "./dom";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Do fields of a draft say something else than they did when the page came? Those of a smaller draft inside are its own. */
export function enteredEarly(box: HTMLElement): boolean {
  const fields = all<Field>("[form=answer]:is(textarea, select, input)", box);
  return fields.some((field) => !besideAnswer(field) && field.closest("[data-draft]") === box && differs(field));
}

/** Is a field posted with the answer, and no part of what is kept of it? */
function besideAnswer(field: Field): boolean {
  return field.name === "language" || field.name.startsWith("own_input_");
}

export function differs(field: Field): boolean {
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  if (field instanceof HTMLInputElement) return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return field.value !== first?.value;
}
