interface Cell {
  /** The fewest bytes so far if a hunk is open here, and if none is. */
  readonly open: number;
  readonly closed: number;
}

function patchBytes(old: readonly string[], lines: readonly string[], hunkBytes: number): number {
  const cell = (open: number, keep: number): Cell => ({ open, closed: Math.min(open, keep) });
  const begin = (from: Cell): number => Math.min(from.open, from.closed + hunkBytes);
  const sent = (line: string): number => line.length + 1;

  let row: Cell[] = [{ open: Infinity, closed: 0 }];
  for (const line of lines) {
    row.push(cell(begin(row[row.length - 1]) + sent(line), Infinity));
  }

  for (const gone of old) {
    const next: Cell[] = [cell(begin(row[0]) + 1, Infinity)];
    lines.forEach((line, j) => {
      const removed = begin(row[j + 1]) + 1;
      const added = begin(next[j]) + sent(line);
      next.push(cell(Math.min(removed, added), gone === line ? row[j].closed : Infinity));
    });
    row = next;
  }
  return row[lines.length].closed;
}
