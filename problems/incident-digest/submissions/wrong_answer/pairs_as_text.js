// mistake: sort() without a comparison turns the pairs into text: an alert at 100 comes before one at 20.
// fails: 200 alerts in a short time
function digest(starts, ends, quietS) {
  const alerts = starts.map((start, i) => [start, ends[i]]).sort();
  const incidents = [];
  for (const [start, end] of alerts) {
    const current = incidents[incidents.length - 1];
    if (current && start <= current[1] + quietS) {
      current[1] = Math.max(current[1], end);
      current[2]++;
    } else {
      incidents.push([start, end, 1]);
    }
  }
  return incidents.sort((a, b) => b[1] - b[0] - (a[1] - a[0]) || b[2] - a[2] || a[0] - b[0]);
}
