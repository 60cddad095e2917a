// mistake: A division of two whole numbers keeps its fraction, so the jobs of one burst do not get the same round.
// fails: each tenant has exactly one burst
interface Job {
  readonly node: ListNode;
  readonly round: number;
}

function fairOrder(head: ListNode | null, burst: number): ListNode | null {
  const counts = new Map<number, number>();
  const jobs: Job[] = [];
  for (let node = head; node; node = node.next) {
    const tenant = node.value % 1000;
    const before = counts.get(tenant) ?? 0;
    counts.set(tenant, before + 1);
    jobs.push({ node, round: before / burst });
  }

  jobs.sort((a, b) => a.round - b.round);
  jobs.forEach(({ node }, place) => {
    node.next = place + 1 < jobs.length ? jobs[place + 1].node : null;
  });
  return jobs.length > 0 ? jobs[0].node : null;
}
