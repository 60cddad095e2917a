// The student's own input: fields by parameter, filled from a sample or from a case that failed.

import { all, find } from "../lib/dom";

/** The field that the server names where own input is missing. */
const ALL = "own_inputs";

export type Values = Record<string, string>;

export class OwnInput {
  private readonly fields: HTMLTextAreaElement[];

  /** `form` is null where a kind takes no own input. */
  constructor(form: HTMLElement | null) {
    this.fields = form === null ? [] : all<HTMLTextAreaElement>("textarea[data-parameter]", form);
    if (form === null) return;
    const source = find<HTMLSelectElement>("[data-fill]", form);
    source?.addEventListener("change", () => {
      if (source.value) this.fill(JSON.parse(source.value) as Values);
      source.value = "";
    });
    find("[data-clear]", form)?.addEventListener("click", () => this.fill({}));
    form.addEventListener("input", () => this.complain("", ""));
  }

  /** One own case, or none where nothing was entered. */
  get values(): Values[] {
    const entered = this.fields.map((field): [string, string] => [field.dataset["parameter"] ?? "", field.value]);
    return entered.some(([, text]) => text.trim()) ? [Object.fromEntries(entered)] : [];
  }

  /** Where something does not fit. */
  focus(): void {
    this.fields.find((field) => field.hasAttribute("aria-invalid"))?.focus();
  }

  fill(values: Values): void {
    for (const field of this.fields) field.value = values[field.dataset["parameter"] ?? ""] ?? "";
    this.complain("", "");
  }

  /** Say beside the field what does not fit; of all own input beside the first. True where the field is one of these. */
  complain(parameter: string, message: string): boolean {
    let mine = false;
    const wanted = parameter === ALL ? this.fields[0]?.dataset["parameter"] : parameter;
    for (const field of this.fields) {
      const meant = message !== "" && field.dataset["parameter"] === wanted;
      const place = document.getElementById(`${field.id}-say`);
      field.toggleAttribute("aria-invalid", false);
      if (meant) field.setAttribute("aria-invalid", "true");
      if (place) place.hidden = !meant;
      const words = place && find("[data-words]", place);
      if (words) words.textContent = meant ? message : "";
      mine ||= meant;
    }
    return mine;
  }
}
