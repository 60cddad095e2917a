// mistake: The map keeps only the last slot of each id. An id may be in several slots, and all of them become free.
// fails: event 0 is done
type EventId = number;
type Slot = EventId | null;

function compact(slots: Slot[], done: readonly EventId[]): void {
  const places = new Map(slots.map((id, place) => [id, place]));
  for (const id of done) {
    const place = places.get(id);
    if (place !== undefined) {
      slots[place] = null;
    }
  }
  const left = slots.filter((slot): slot is EventId => slot !== null);
  slots.forEach((_, place) => {
    slots[place] = left[place] ?? null;
  });
}
