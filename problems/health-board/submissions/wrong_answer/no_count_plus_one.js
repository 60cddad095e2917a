// mistake: A missing count plus one is NaN, which reaches no limit. A server that fails from its start never goes down.
// fails: one failed check when fall is one
class HealthBoard {
  constructor(fall, rise) {
    this.fall = fall;
    this.rise = rise;
    this.failed = {};
    this.passed = {};
    this.known = new Set();
    this.down = new Set();
  }

  report(server, ok) {
    this.known.add(server);
    if (ok) {
      this.failed[server] = 0;
      this.passed[server]++;
      return this.passed[server] >= this.rise && this.down.delete(server);
    }
    this.passed[server] = 0;
    this.failed[server]++;
    if (this.failed[server] >= this.fall && !this.down.has(server)) {
      this.down.add(server);
      return true;
    }
    return false;
  }

  isUp(server) {
    return this.known.has(server) && !this.down.has(server);
  }

  upCount() {
    return this.known.size - this.down.size;
  }
}
