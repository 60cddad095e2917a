// Mentors: a package dropped on the page, and its check watched rule by rule.

import { find } from "./lib/dom";
import { fragment, parse } from "./lib/http";
import { refreshTimes } from "./lib/times";

const POLL_MS = 700;

function startDrop(area: HTMLElement, input: HTMLInputElement): void {
  for (const name of ["dragenter", "dragover"]) {
    area.addEventListener(name, (event) => {
      event.preventDefault();
      area.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => area.classList.remove("over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    input.files = files;
    input.form?.requestSubmit();
  });
}

async function watch(place: HTMLElement): Promise<void> {
  while (place.dataset["watch"]) {
    await new Promise((resolve) => window.setTimeout(resolve, POLL_MS));
    const html = await fragment(place.dataset["watch"] ?? "").catch(() => null);
    if (html === null) continue;
    const fresh = find<HTMLElement>("#check", parse(html));
    if (!fresh || fresh.innerHTML === place.innerHTML) continue;
    place.replaceChildren(...fresh.childNodes);
    place.dataset["watch"] = fresh.dataset["watch"] ?? "";
    refreshTimes(place);
  }
}

const area = find("[data-drop]");
const input = area && find<HTMLInputElement>("input[type=file]", area);
if (area && input) startDrop(area, input);
const check = find("#check[data-watch]");
if (check) void watch(check);
