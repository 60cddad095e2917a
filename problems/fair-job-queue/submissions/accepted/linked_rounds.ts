class Chain {
  private constructor(readonly first: ListNode, private last: ListNode) {}

  static of(node: ListNode): Chain {
    return new Chain(node, node);
  }

  append(node: ListNode): void {
    this.last.next = node;
    this.last = node;
  }

  /** Let another chain follow this one, or nothing. */
  link(following: Chain | null): this {
    this.last.next = following?.first ?? null;
    return this;
  }
}

function fairOrder(head: ListNode | null, burst: number): ListNode | null {
  const jobs = new Map<number, number>();
  const rounds: Chain[] = [];

  for (let node = head; node; node = node.next) {
    const tenant = node.value % 1000;
    const earlier = jobs.get(tenant) ?? 0;
    jobs.set(tenant, earlier + 1);

    const round = Math.floor(earlier / burst);
    if (round < rounds.length) {
      rounds[round].append(node);
    } else {
      rounds.push(Chain.of(node)); // a tenant is in all rounds before, so this is the next one
    }
  }

  const joined = rounds.reduceRight<Chain | null>((following, chain) => chain.link(following), null);
  return joined?.first ?? null;
}
