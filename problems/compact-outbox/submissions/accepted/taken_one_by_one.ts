type EventId = number;
type Slot = EventId | null;

/** The events of an outbox that are still waiting. */
function* waiting(slots: readonly Slot[], done: ReadonlySet<EventId>): Generator<EventId, void> {
  for (const slot of slots) {
    if (slot !== null && !done.has(slot)) {
      yield slot;
    }
  }
}

function compact(slots: Slot[], done: readonly EventId[]): void {
  let free = 0;
  for (const id of waiting(slots, new Set(done))) {
    slots[free++] = id; // a slot that has been read already, or the one that was just read
  }
  slots.fill(null, free);
}
