// mistake: sort() without a comparison orders the numbers of the rounds as text, so round 10 precedes round 2.
// fails: 60 jobs of four tenants
function fairOrder(head, burst) {
  const count = new Map();
  const rounds = new Map();
  for (let node = head; node !== null; node = node.next) {
    const tenant = node.value % 1000;
    const before = count.get(tenant) || 0;
    count.set(tenant, before + 1);
    const round = Math.floor(before / burst);
    if (!rounds.has(round)) {
      rounds.set(round, []);
    }
    rounds.get(round).push(node);
  }

  const front = { next: null };
  let last = front;
  for (const round of [...rounds.keys()].sort()) {
    for (const node of rounds.get(round)) {
      last.next = node;
      last = node;
    }
  }
  last.next = null;
  return front.next;
}
