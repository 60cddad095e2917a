type Version = string;
type Clashes = ReadonlyMap<Version, ReadonlySet<Version>>;

function choose(versions: readonly (readonly Version[])[], clashes: readonly (readonly Version[])[]): Version[] | null {
  const [first] = choices(versions, both(clashes));
  return first ?? null;
}

/** Each version with those that it clashes with, whichever of the two a pair names first. */
function both(pairs: readonly (readonly Version[])[]): Clashes {
  const clashes = new Map<Version, Set<Version>>();
  for (const [a, b] of pairs) {
    clashes.set(a, (clashes.get(a) ?? new Set<Version>()).add(b));
    clashes.set(b, (clashes.get(b) ?? new Set<Version>()).add(a));
  }
  return clashes;
}

/** All complete choices that begin with what is chosen already, the best one first, each found when asked for. */
function* choices(
  versions: readonly (readonly Version[])[],
  clashes: Clashes,
  made: readonly Version[] = [],
): Generator<Version[], void> {
  if (made.length === versions.length) {
    yield [...made];
    return;
  }
  for (const version of versions[made.length]) {
    if (!made.some((other) => clashes.get(other)?.has(version))) {
      yield* choices(versions, clashes, [...made, version]);
    }
  }
}
