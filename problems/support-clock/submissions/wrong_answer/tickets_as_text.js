// mistake: sort() without a comparison puts a ticket of second 10 before one of second 5, but the walk never goes back.
// fails: used up just when a shift ends
function due(opens, closes, created, allowedS) {
  const n = opens.length;
  const targets = [];
  let i = 0;
  let used = 0;
  for (const [second, j] of created.map((second, j) => [second, j]).sort()) {
    while (i < n && closes[i] <= second) {
      used += closes[i] - opens[i];
      i++;
    }
    const inside = i < n ? Math.max(0, second - opens[i]) : 0;
    targets.push({ seconds: used + inside + allowedS[j], j });
  }

  const answers = new Array(created.length).fill(null);
  i = 0;
  used = 0;
  for (const { seconds, j } of targets.sort((a, b) => a.seconds - b.seconds)) {
    while (i < n && used + closes[i] - opens[i] < seconds) {
      used += closes[i] - opens[i];
      i++;
    }
    if (i < n) {
      answers[j] = opens[i] + seconds - used;
    }
  }
  return answers;
}
