/** The seconds at which one client's last requests passed: never more of them than the limit. */
class Ring {
  private readonly passed: number[] = [];
  private oldest = 0;

  constructor(private readonly limit: number, private readonly windowS: number) {}

  admit(now: number): boolean {
    if (this.passed.length < this.limit) {
      this.passed.push(now);
      return true;
    }
    if (now - this.passed[this.oldest] < this.windowS) {
      return false;
    }
    this.passed[this.oldest] = now;
    this.oldest = (this.oldest + 1) % this.limit;
    return true;
  }
}

function allowed(seconds: readonly number[], clients: readonly string[], limit: number, windowS: number): boolean[] {
  const rings = new Map<string, Ring>();

  return clients.map((client, i) => {
    let ring = rings.get(client);
    if (!ring) {
      ring = new Ring(limit, windowS);
      rings.set(client, ring);
    }
    return ring.admit(seconds[i]);
  });
}
