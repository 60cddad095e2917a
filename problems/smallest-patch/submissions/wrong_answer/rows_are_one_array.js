// mistake: fill() puts one and the same array into all rows, so each row overwrites the one before.
// fails: one equal line
function patchBytes(old, new_, hunkBytes) {
  const n = old.length;
  const m = new_.length;
  const table = () => new Array(n + 1).fill(new Array(m + 1).fill(0));

  // The fewest bytes for what is left from old[i] and new_[j] on: within a hunk, and where none is begun.
  const inside = table();
  const outside = table();
  for (let i = n; i >= 0; i--) {
    for (let j = m; j >= 0; j--) {
      if (i === n && j === m) {
        continue;
      }
      const remove = i < n ? 1 + inside[i + 1][j] : Infinity;
      const add = j < m ? new_[j].length + 1 + inside[i][j + 1] : Infinity;
      const keep = i < n && j < m && old[i] === new_[j] ? outside[i + 1][j + 1] : Infinity;
      inside[i][j] = Math.min(remove, add, keep);
      outside[i][j] = Math.min(hunkBytes + Math.min(remove, add), keep);
    }
  }
  return outside[0][0];
}
