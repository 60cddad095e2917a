// Small words for the document, so that the islands read as what they do.

export function find<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E | null {
  return within.querySelector<E>(selector);
}

export function all<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E[] {
  return [...within.querySelectorAll<E>(selector)];
}

export function must<E extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = document): E {
  const found = find<E>(selector, within);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** Make an element. Text is always text: nothing here reads HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An icon of the sprite that the page already uses. */
export function icon(name: string): SVGElement {
  const sprite = find<SVGUseElement>("use")?.getAttribute("href")?.split("#")[0] ?? "";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#i-${name}`);
  svg.append(use);
  return svg;
}

/** React to an event on whatever inside matches the selector, now or later. */
export function delegate<N extends keyof HTMLElementEventMap>(
  name: N,
  selector: string,
  react: (target: HTMLElement, event: HTMLElementEventMap[N]) => void,
): void {
  document.addEventListener(name, (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
    if (target) react(target, event as HTMLElementEventMap[N]);
  });
}

/** Is somebody typing there? */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest(".cm-editor")) return true;
  return target.matches("textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=submit])");
}

export function nonce(): string {
  return find<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}
