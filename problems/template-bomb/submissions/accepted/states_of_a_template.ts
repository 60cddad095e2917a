type Templates = Readonly<Record<string, readonly string[]>>;
type State =
  | { readonly kind: "open" } // it is being measured just now
  | { readonly kind: "endless" }
  | { readonly kind: "sized"; readonly size: number };

const OPEN: State = { kind: "open" };
const ENDLESS: State = { kind: "endless" };

function expandedSize(templates: Templates, start: string, limit: number): number | null {
  const states = new Map<string, State>();

  function measure(name: string): State {
    let size = 0;
    for (const part of templates[name]) {
      if (!part.startsWith("@")) {
        size += part.length;
        continue;
      }
      const included = visit(part.slice(1));
      if (included.kind !== "sized") {
        return ENDLESS;
      }
      // What is over the limit stays over it, so the sum never has to grow beyond what a number holds exactly.
      size = Math.min(size + included.size, limit + 1);
    }
    return { kind: "sized", size };
  }

  function visit(name: string): State {
    const known = states.get(name);
    if (known) {
      return known;
    }
    states.set(name, OPEN);
    const state = measure(name);
    states.set(name, state);
    return state;
  }

  const state = visit(start);
  return state.kind === "sized" && state.size <= limit ? state.size : null;
}
