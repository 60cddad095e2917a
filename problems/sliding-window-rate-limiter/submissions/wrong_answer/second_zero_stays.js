// mistake: Second 0 is falsy like a missing entry, so a request that passed then never leaves the window.
// fails: a request exactly on the window's edge
function allowed(seconds, clients, limit, windowS) {
  const passed = new Map();
  return seconds.map((now, i) => {
    const times = passed.get(clients[i]) || [];
    passed.set(clients[i], times);
    while (times[0] && times[0] + windowS <= now) {
      times.shift();
    }
    if (times.length >= limit) {
      return false;
    }
    times.push(now);
    return true;
  });
}
