// The student's own cases: several, named, each with what is expected if one knows it. They are kept, and run together.

import { all, find, icon, make } from "../lib/dom";
import { refuse, toast } from "../lib/toast";
import { AccountStore, DeviceStore, EXPECTED, guestsCases, NAME, type OwnCase, type Store, type Values } from "./own_store";

export type { Values } from "./own_store";

/** The field that the server names where own input is missing, and how it names one of several. */
const ALL = "own_inputs";
const ONE = /^own_inputs\[(\d+)\]\.(.*)$/;
const PAUSE_MS = 800;
const MOST = 10;

export class OwnInput {
  private readonly fields: (HTMLTextAreaElement | HTMLInputElement)[];
  private readonly cases: OwnCase[] = [];
  private readonly store: Store;
  private readonly unsaved = new Set<OwnCase>();
  private at = 0;
  private timer = 0;

  /** `form` is null where a kind takes no own input. */
  constructor(private readonly form: HTMLElement | null) {
    this.fields = form === null ? [] : all<HTMLTextAreaElement | HTMLInputElement>("[data-parameter]", form);
    this.store = form?.dataset["url"] ? new AccountStore(form.dataset["url"]) : new DeviceStore(form?.dataset["place"] ?? "");
    if (form === null) return;
    this.begin(form);
    form.addEventListener("input", (event) => this.typed(event.target as Element));
    const source = find<HTMLSelectElement>("[data-fill]", form);
    source?.addEventListener("change", () => {
      if (source.value) this.fill(JSON.parse(source.value) as Values);
      source.value = "";
    });
    find("[data-new-case]", form)?.addEventListener("click", () => this.add());
    find("[data-delete-case]", form)?.addEventListener("click", () => this.remove());
    window.addEventListener("pagehide", () => void this.saveAll());
    window.addEventListener("online", () => void this.saveAll());
  }

  /** The cases in which something was entered, as a run takes them. */
  get values(): Values[] {
    return this.filled.map((one) => one.values);
  }

  /** A case of these values: the one that is open where it is empty, else a new one. */
  fill(values: Values): void {
    if (this.current && !isEmpty(this.current)) this.add();
    if (!this.current || !isEmpty(this.current)) return;
    this.current.values = { ...values };
    this.show();
    this.keep(this.current);
  }

  /** Say beside the field what does not fit, or beside the first one. True where the field is one of these. */
  complain(field: string, message: string): boolean {
    const [, number, inside] = ONE.exec(field) ?? [];
    const meantCase = number === undefined ? undefined : this.filled[Number(number)];
    if (meantCase) this.open(this.cases.indexOf(meantCase));
    const parameter = field === ALL ? this.fields.find((one) => one.dataset["parameter"] !== NAME)?.dataset["parameter"] : (inside ?? field);
    return this.fields.map((one) => mark(one, message !== "" && one.dataset["parameter"] === parameter ? message : "")).some(Boolean);
  }

  /** Where something does not fit. */
  focus(): void {
    const field = this.fields.find((one) => one.hasAttribute("aria-invalid"));
    field?.focus();
    field?.closest(".field")?.scrollIntoView({ block: "nearest" }); // with what is said below it
  }

  private get current(): OwnCase | undefined {
    return this.cases[this.at];
  }

  private get filled(): OwnCase[] {
    return this.cases.filter((one) => !isEmpty(one));
  }

  /** What is kept, and what stands in the fields already: from before the scripts were there, or as the address asks. */
  private begin(form: HTMLElement): void {
    const kept = this.store instanceof DeviceStore ? this.store.read() : (JSON.parse(form.dataset["cases"] ?? "[]") as OwnCase[]);
    this.cases.push(...kept);
    const guests = this.store instanceof AccountStore ? guestsCases(form.dataset["place"] ?? "") : null;
    const taken = (guests?.read() ?? []).filter((one) => !isEmpty(one) && !kept.some((other) => same(one.values, other.values)));
    this.cases.push(...taken);
    const typed: OwnCase = { id: null, values: this.entered() };
    const known = this.cases.findIndex((one) => same(one.values, typed.values));
    if (known >= 0) this.at = known;
    else if (!isEmpty(typed) || !this.cases.length) this.at = this.cases.push(typed) - 1;
    this.show();
    if (known < 0 && !isEmpty(typed)) this.keep(typed);
    for (const one of taken) this.keep(one);
    if (guests) void this.saveAll().then((saved) => saved && guests.forget());
  }

  private entered(): Values {
    return Object.fromEntries(this.fields.map((field) => [field.dataset["parameter"] ?? "", field.value]));
  }

  private typed(target: Element): void {
    if (!this.current || !target.closest("[data-parameter]")) return;
    this.current.values = this.entered();
    this.complain("", "");
    this.list();
    this.keep(this.current);
  }

  private add(): void {
    if (this.cases.length >= MOST) return refuse(`${MOST} cases are kept. Delete one first.`);
    const empty = this.cases.findIndex(isEmpty);
    this.open(empty >= 0 ? empty : this.cases.push({ id: null, values: {} }) - 1);
    this.fields.find((field) => field.dataset["parameter"] !== NAME)?.focus();
  }

  private open(place: number): void {
    this.at = place;
    this.show();
  }

  private remove(): void {
    const gone = this.current;
    if (!gone) return;
    const place = this.at;
    this.cases.splice(place, 1);
    this.unsaved.delete(gone);
    if (!this.cases.length) this.cases.push({ id: null, values: {} });
    this.open(Math.min(place, this.cases.length - 1));
    void this.store.remove(gone, this.cases).catch((error: Error) => refuse(error.message));
    if (!isEmpty(gone)) toast(`${titleOf(gone, place)} is deleted.`, () => this.bringBack(gone, place));
  }

  private bringBack(gone: OwnCase, place: number): void {
    this.cases.splice(place, 0, gone);
    this.open(place);
    this.keep(gone);
  }

  private show(): void {
    for (const field of this.fields) field.value = this.current?.values[field.dataset["parameter"] ?? ""] ?? "";
    this.complain("", "");
    this.list();
  }

  private list(): void {
    const place = this.form && find("[data-case-list]", this.form);
    place?.replaceChildren(
      ...this.cases.map((one, number) => {
        const button = make("button", { type: "button", "aria-pressed": String(number === this.at) }, make("span", {}, titleOf(one, number)));
        if (one.values[EXPECTED]?.trim()) button.append(icon("check"), make("span", { class: "vh" }, ", with an expected value"));
        button.addEventListener("click", () => this.open(number));
        return button;
      }),
    );
  }

  private keep(one: OwnCase): void {
    if (isEmpty(one) && one.id === null && this.store instanceof AccountStore) return;
    this.unsaved.add(one);
    window.clearTimeout(this.timer);
    this.say("Not saved yet");
    this.timer = window.setTimeout(() => void this.saveAll(), PAUSE_MS);
  }

  /** Returns whether all that was not saved is saved now. */
  private async saveAll(): Promise<boolean> {
    window.clearTimeout(this.timer);
    const waiting = [...this.unsaved];
    this.unsaved.clear();
    const saved = waiting.map((one) =>
      this.store.save(one, this.cases).then(
        () => {
          this.say(this.unsaved.size ? "Not saved yet" : "Saved");
          return true;
        },
        (error: Error) => {
          this.unsaved.add(one);
          this.say(`Not saved: ${error.message}`);
          return false;
        },
      ),
    );
    return (await Promise.all(saved)).every(Boolean);
  }

  private say(words: string): void {
    const place = this.form && find("[data-cases-state]", this.form);
    if (place && place.textContent !== words) place.textContent = words;
  }
}

function isEmpty(one: OwnCase): boolean {
  return !Object.entries(one.values).some(([name, text]) => name !== NAME && name !== EXPECTED && text.trim());
}

function same(one: Values, other: Values): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? "") === (other[name] ?? ""));
}

function titleOf(one: OwnCase, place: number): string {
  return one.values[NAME]?.trim() || `case ${place + 1}`;
}

/** Mark one field, or take its mark away. True where it is marked. */
function mark(field: HTMLElement, message: string): boolean {
  const place = document.getElementById(`${field.id}-say`);
  field.toggleAttribute("aria-invalid", false);
  if (message) field.setAttribute("aria-invalid", "true");
  if (place) place.hidden = !message;
  const words = place && find("[data-words]", place);
  if (words) words.textContent = message;
  return message !== "";
}
