function choose(versions, clashes) {
  const clashing = new Map(versions.flat().map((version) => [version, new Set()]));
  for (const [a, b] of clashes) {
    clashing.get(a).add(b);
    clashing.get(b).add(a);
  }

  /** The first complete choice that begins with `chosen`, or null. */
  function complete(chosen) {
    if (chosen.length === versions.length) {
      return chosen;
    }
    for (const version of versions[chosen.length]) {
      if (!chosen.some((other) => clashing.get(version).has(other))) {
        const found = complete([...chosen, version]);
        if (found !== null) {
          return found;
        }
      }
    }
    return null;
  }

  return complete([]);
}
