function compact(slots, done) {
  const finished = new Set(done);
  let write = 0;
  for (const id of slots) {
    if (id !== null && !finished.has(id)) {
      slots[write] = id;
      write++;
    }
  }
  slots.fill(null, write);
}
