class Reminders {
  constructor() {
    this.heap = []; // entries {at, number, reminder}; one that is not the reminder's own any longer is stale
    this.entries = new Map();
    this.sets = 0;
  }

  set(reminder, at) {
    const moved = this.entries.has(reminder);
    this.sets++;
    const entry = { at, number: this.sets, reminder };
    this.entries.set(reminder, entry);
    this.push(entry);
    return moved;
  }

  cancel(reminder) {
    return this.entries.delete(reminder);
  }

  take(now) {
    const first = this.first();
    if (first === null || first.at > now) {
      return null;
    }
    this.pop();
    this.entries.delete(first.reminder);
    return first.reminder;
  }

  nextAt() {
    const first = this.first();
    return first === null ? null : first.at;
  }

  first() {
    while (this.heap.length > 0) {
      const entry = this.heap[0];
      if (this.entries.get(entry.reminder) === entry) {
        return entry;
      }
      this.pop();
    }
    return null;
  }

  before(a, b) {
    return a.at < b.at || (a.at === b.at && a.number < b.number);
  }

  push(entry) {
    let place = this.heap.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.before(entry, this.heap[parent])) {
        break;
      }
      this.heap[place] = this.heap[parent];
      place = parent;
    }
    this.heap[place] = entry;
  }

  pop() {
    const entry = this.heap.pop();
    const size = this.heap.length;
    if (size === 0) {
      return;
    }
    let place = 0;
    for (let child = 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && this.before(this.heap[child + 1], this.heap[child])) {
        child++;
      }
      if (!this.before(this.heap[child], entry)) {
        break;
      }
      this.heap[place] = this.heap[child];
      place = child;
    }
    this.heap[place] = entry;
  }
}
