// mistake: reverse() turns round the links themselves, not copies of them, so the second search goes backwards too.
// fails: the target is a scanner
type Link = string[];
type Distances = ReadonlyMap<string, number>;

function fewestHops(links: Link[], scanners: string[], start: string, target: string): number | null {
  const back = distances(links.map((link) => link.reverse()), target);
  const there = distances(links, start);
  const fewest = scanners.reduce(
    (least, scanner) => Math.min(least, (there.get(scanner) ?? Infinity) + (back.get(scanner) ?? Infinity)),
    Infinity,
  );
  return fewest < Infinity ? fewest : null;
}

function distances(links: readonly Link[], origin: string): Distances {
  const receivers = new Map<string, string[]>();
  for (const [sender, receiver] of links) {
    const known = receivers.get(sender);
    if (known) {
      known.push(receiver);
    } else {
      receivers.set(sender, [receiver]);
    }
  }
  const hops = new Map([[origin, 0]]);
  for (const [service, away] of hops) {
    for (const receiver of receivers.get(service) ?? []) {
      if (!hops.has(receiver)) {
        hops.set(receiver, away + 1);
      }
    }
  }
  return hops;
}
