type State = "up" | "down";

interface Server {
  state: State;
  /** How many checks in a row, up to the latest, spoke for the other state. */
  contradictions: number;
}

class HealthBoard {
  private readonly servers = new Map<string, Server>();
  private readonly enough: Readonly<Record<State, number>>;
  private readonly total: Record<State, number> = { up: 0, down: 0 };

  constructor(fall: number, rise: number) {
    this.enough = { up: fall, down: rise };
  }

  report(name: string, ok: boolean): boolean {
    const server = this.servers.get(name) ?? this.added(name);
    const shown: State = ok ? "up" : "down";
    if (shown === server.state) {
      server.contradictions = 0;
      return false;
    }

    server.contradictions++;
    if (server.contradictions < this.enough[server.state]) {
      return false;
    }
    this.total[server.state]--;
    this.total[shown]++;
    server.state = shown;
    server.contradictions = 0;
    return true;
  }

  isUp(name: string): boolean {
    return this.servers.get(name)?.state === "up";
  }

  upCount(): number {
    return this.total.up;
  }

  private added(name: string): Server {
    const server: Server = { state: "up", contradictions: 0 };
    this.servers.set(name, server);
    this.total.up++;
    return server;
  }
}
