function hops(priorities: readonly number[]): number[] {
  const nodes = priorities.length;
  const end = 2 * nodes; // the ring is written twice, one behind the other

  // Where a message from each place would be dropped. From a weaker node, all up to its own dropper are weaker still.
  const droppedAt = new Int32Array(end);
  for (let place = end - 1; place >= 0; place--) {
    let at = place + 1;
    while (at < end && priorities[at % nodes] < priorities[place % nodes]) {
      at = droppedAt[at];
    }
    droppedAt[place] = at;
  }
  return priorities.map((priority, node) => (priority > 0 ? droppedAt[node] - node : 0));
}
