// mistake: A template stays in the set of open ones after it was expanded, so including it again looks like a circle.
// fails: two templates share a third
type Templates = Readonly<Record<string, readonly string[]>>;

class Endless extends Error {}

function expandedSize(templates: Templates, start: string, limit: number): number | null {
  const open = new Set<string>();

  function size(name: string): number {
    if (open.has(name)) {
      throw new Endless(name);
    }
    open.add(name);
    return templates[name]
      .map((part) => (part.startsWith("@") ? size(part.slice(1)) : part.length))
      .reduce((sum, length) => sum + length, 0);
  }

  try {
    const total = size(start);
    return total <= limit ? total : null;
  } catch (error) {
    if (error instanceof Endless) {
      return null;
    }
    throw error;
  }
}
