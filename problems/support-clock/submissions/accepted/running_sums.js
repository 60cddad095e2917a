function due(opens, closes, created, allowedS) {
  const n = opens.length;
  const before = [0];
  for (let i = 0; i < n; i++) {
    before.push(before[i] + closes[i] - opens[i]);
  }

  return created.map((second, j) => {
    const here = firstWith(n, (i) => closes[i] > second);
    const used = here < n ? Math.max(0, second - opens[here]) : 0;
    const target = before[here] + used + allowedS[j];
    const last = firstWith(n, (i) => before[i + 1] >= target);
    return last === n ? null : opens[last] + target - before[last];
  });
}

/** The first position below n for which `holds` is true, or n. From there on it must hold for all. */
function firstWith(n, holds) {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
