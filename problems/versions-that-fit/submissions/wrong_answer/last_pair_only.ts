// mistake: The map keeps one clash for each version, so a later pair takes the place of an earlier one.
// fails: the worst versions only
type Version = string;

function choose(versions: readonly (readonly Version[])[], clashes: readonly (readonly Version[])[]): Version[] | null {
  const clashing = new Map<Version, Version>();
  for (const [a, b] of clashes) {
    clashing.set(a, b);
    clashing.set(b, a);
  }

  const complete = (chosen: readonly Version[]): Version[] | null => {
    if (chosen.length === versions.length) {
      return [...chosen];
    }
    for (const version of versions[chosen.length]) {
      if (chosen.every((other) => clashing.get(version) !== other && clashing.get(other) !== version)) {
        const found = complete([...chosen, version]);
        if (found) {
          return found;
        }
      }
    }
    return null;
  };

  return complete([]);
}
