function fairOrder(head, burst) {
  const count = new Map();
  const rounds = [];
  for (let node = head; node !== null; node = node.next) {
    const tenant = node.value % 1000;
    const before = count.get(tenant) ?? 0;
    count.set(tenant, before + 1);
    const round = Math.floor(before / burst);
    if (round === rounds.length) {
      rounds.push([]);
    }
    rounds[round].push(node);
  }

  let following = null;
  for (const node of rounds.flat().reverse()) {
    node.next = following;
    following = node;
  }
  return following;
}
