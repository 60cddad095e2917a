// mistake: The count starts again at fixed seconds, so twice the limit can pass within one window around such a second.
// fails: a request exactly on the window's edge
interface Count {
  readonly window: number;
  passed: number;
}

function allowed(seconds: readonly number[], clients: readonly string[], limit: number, windowS: number): boolean[] {
  const counts = new Map<string, Count>();

  return clients.map((client, i) => {
    const window = Math.floor(seconds[i] / windowS);
    let count = counts.get(client);
    if (count?.window !== window) {
      count = { window, passed: 0 };
      counts.set(client, count);
    }
    if (count.passed === limit) {
      return false;
    }
    count.passed++;
    return true;
  });
}
