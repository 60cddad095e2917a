// mistake: The comparison for sort() answers true or false and never a negative number, so no empty slot moves.
// fails: empty slots side by side
function compact(slots, done) {
  const finished = new Set(done);
  for (let i = 0; i < slots.length; i++) {
    if (finished.has(slots[i])) {
      slots[i] = null;
    }
  }
  slots.sort((a, b) => a === null && b !== null);
}
