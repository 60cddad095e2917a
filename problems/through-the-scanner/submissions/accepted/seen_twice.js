function fewestHops(links, scanners, start, target) {
  const receivers = new Map();
  for (const [sender, receiver] of links) {
    if (!receivers.has(sender)) {
      receivers.set(sender, []);
    }
    receivers.get(sender).push(receiver);
  }
  const scans = new Set(scanners);

  // A service may be seen twice: by a file that was not scanned yet, and by one that was.
  const seen = { false: new Set(), true: new Set() };
  let level = [[start, scans.has(start)]];
  seen[scans.has(start)].add(start);
  for (let hops = 0; level.length > 0; hops++) {
    const reached = [];
    for (const [service, scanned] of level) {
      if (scanned && service === target) {
        return hops;
      }
      for (const receiver of receivers.get(service) ?? []) {
        const after = scanned || scans.has(receiver);
        if (!seen[after].has(receiver)) {
          seen[after].add(receiver);
          reached.push([receiver, after]);
        }
      }
    }
    level = reached;
  }
  return null;
}
