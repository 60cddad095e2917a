// mistake: For a scanner out of reach the sum of hops is NaN, and Math.min() gives NaN as soon as one number is NaN.
// fails: the nearest scanner is a dead end
function fewestHops(links, scanners, start, target) {
  const there = distances(links, start);
  const back = distances(links.map(([a, b]) => [b, a]), target);
  const hops = Math.min(...scanners.map((scanner) => there.get(scanner) + back.get(scanner)));
  return Number.isFinite(hops) ? hops : null;
}

function distances(links, origin) {
  const neighbours = new Map();
  for (const [a, b] of links) {
    if (!neighbours.has(a)) {
      neighbours.set(a, []);
    }
    neighbours.get(a).push(b);
  }
  const hops = new Map([[origin, 0]]);
  for (const service of hops.keys()) {
    for (const neighbour of neighbours.get(service) || []) {
      if (!hops.has(neighbour)) {
        hops.set(neighbour, hops.get(service) + 1);
      }
    }
  }
  return hops;
}
