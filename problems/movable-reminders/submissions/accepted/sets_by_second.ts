/** The reminders of one second. A Set keeps the order in which they came, and its iterator sees what comes later. */
class Second {
  readonly waiting = new Set<string>();
  private readonly order = this.waiting.values();

  take(): string | null {
    for (const reminder of this.order) {
      this.waiting.delete(reminder);
      return reminder;
    }
    return null;
  }
}

class Reminders {
  private readonly seconds = new Map<number, Second>();
  private readonly times = new Smallest(); // the keys of `seconds`, also of those that have become empty
  private readonly timeOf = new Map<string, number>();

  set(reminder: string, at: number): boolean {
    const moved = this.cancel(reminder);
    this.timeOf.set(reminder, at);
    this.second(at).waiting.add(reminder);
    return moved;
  }

  cancel(reminder: string): boolean {
    const at = this.timeOf.get(reminder);
    if (at === undefined) {
      return false;
    }
    this.seconds.get(at)?.waiting.delete(reminder);
    return this.timeOf.delete(reminder);
  }

  take(now: number): string | null {
    const at = this.nextAt();
    if (at === null || at > now) {
      return null;
    }
    const reminder = this.second(at).take();
    if (reminder !== null) {
      this.timeOf.delete(reminder);
    }
    return reminder;
  }

  nextAt(): number | null {
    for (let at = this.times.top; at !== undefined; at = this.times.top) {
      if (this.second(at).waiting.size > 0) {
        return at;
      }
      this.seconds.delete(at);
      this.times.pop();
    }
    return null;
  }

  private second(at: number): Second {
    let second = this.seconds.get(at);
    if (!second) {
      second = new Second();
      this.seconds.set(at, second);
      this.times.push(at);
    }
    return second;
  }
}

class Smallest {
  private readonly heap: number[] = [];

  get top(): number | undefined {
    return this.heap[0];
  }

  push(item: number): void {
    let place = this.heap.push(item) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.heap[parent] <= item) {
        break;
      }
      this.heap[place] = this.heap[parent];
      place = parent;
    }
    this.heap[place] = item;
  }

  pop(): void {
    const item = this.heap.pop();
    const size = this.heap.length;
    if (item === undefined || size === 0) {
      return;
    }
    let place = 0;
    for (let child = 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && this.heap[child + 1] < this.heap[child]) {
        child++;
      }
      if (item <= this.heap[child]) {
        break;
      }
      this.heap[place] = this.heap[child];
      place = child;
    }
    this.heap[place] = item;
  }
}
