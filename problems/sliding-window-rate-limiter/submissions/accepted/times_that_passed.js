function allowed(seconds, clients, limit, windowS) {
  const passed = new Map();
  return seconds.map((now, i) => {
    const client = clients[i];
    if (!passed.has(client)) {
      passed.set(client, []);
    }
    const times = passed.get(client);
    // Of the last `limit` requests that passed, the first has to be out of the window.
    const ok = times.length < limit || times[times.length - limit] + windowS <= now;
    if (ok) {
      times.push(now);
    }
    return ok;
  });
}
