// mistake: A line that is kept does not close the hunk, so the next change is added to it without a new position.
// fails: two changes, far apart
interface Cell {
  readonly open: number;
  readonly closed: number;
}

function patchBytes(old: readonly string[], lines: readonly string[], hunkBytes: number): number {
  const begin = (from: Cell): number => Math.min(from.open, from.closed + hunkBytes);
  const sent = (line: string): number => line.length + 1;

  let row: Cell[] = [{ open: Infinity, closed: 0 }];
  for (const line of lines) {
    row.push({ open: begin(row[row.length - 1]) + sent(line), closed: Infinity });
  }

  for (const gone of old) {
    const next: Cell[] = [{ open: begin(row[0]) + 1, closed: Infinity }];
    lines.forEach((line, j) => {
      const changed = Math.min(begin(row[j + 1]) + 1, begin(next[j]) + sent(line));
      const kept: Cell = gone === line ? row[j] : { open: Infinity, closed: Infinity };
      next.push({ open: Math.min(changed, kept.open), closed: kept.closed });
    });
    row = next;
  }
  const last = row[lines.length];
  return Math.min(last.open, last.closed);
}
