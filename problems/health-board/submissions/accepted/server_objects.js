class HealthBoard {
  constructor(fall, rise) {
    this.fall = fall;
    this.rise = rise;
    this.servers = new Map();
    this.numberUp = 0;
  }

  report(name, ok) {
    let server = this.servers.get(name);
    if (server === undefined) {
      server = { up: true, against: 0 };
      this.servers.set(name, server);
      this.numberUp++;
    }
    server.against = ok === server.up ? 0 : server.against + 1;
    if (server.against < (server.up ? this.fall : this.rise)) {
      return false;
    }
    server.up = ok;
    server.against = 0;
    this.numberUp += ok ? 1 : -1;
    return true;
  }

  isUp(name) {
    return this.servers.get(name)?.up ?? false;
  }

  upCount() {
    return this.numberUp;
  }
}
