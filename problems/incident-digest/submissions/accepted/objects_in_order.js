function digest(starts, ends, quietS) {
  const alerts = starts.map((start, i) => ({ start, end: ends[i] }));
  alerts.sort((a, b) => a.start - b.start);

  const incidents = [];
  for (const { start, end } of alerts) {
    const current = incidents[incidents.length - 1];
    if (current !== undefined && start <= current[1] + quietS) {
      current[1] = Math.max(current[1], end);
      current[2]++;
    } else {
      incidents.push([start, end, 1]);
    }
  }
  const length = ([start, end]) => end - start;
  return incidents.sort((a, b) => length(b) - length(a) || b[2] - a[2] || a[0] - b[0]);
}
