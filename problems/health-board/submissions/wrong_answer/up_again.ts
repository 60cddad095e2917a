// mistake: A row of passed checks brings a server up even if it was not down. It is reported, and counted once more.
// fails: a passed check just before the last failed one
interface Row {
  readonly ok: boolean;
  length: number;
}

class HealthBoard {
  private readonly rows = new Map<string, Row>();
  private readonly down = new Set<string>();
  private up = 0;

  constructor(private readonly fall: number, private readonly rise: number) {}

  report(server: string, ok: boolean): boolean {
    let row = this.rows.get(server);
    if (!row) {
      this.up++;
    }
    if (row?.ok !== ok) {
      row = { ok, length: 0 };
      this.rows.set(server, row);
    }
    row.length++;

    if (ok && row.length === this.rise) {
      this.down.delete(server);
      this.up++;
      return true;
    }
    if (!ok && row.length >= this.fall && !this.down.has(server)) {
      this.down.add(server);
      this.up--;
      return true;
    }
    return false;
  }

  isUp(server: string): boolean {
    return this.rows.has(server) && !this.down.has(server);
  }

  upCount(): number {
    return this.up;
  }
}
