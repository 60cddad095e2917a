// mistake: The search begins at 0 workers, whose next free second is NaN. No comparison with NaN is true: none is late.
// fails: one job
function workersNeeded(arrivals, workS, maxWaitS, lateAllowed) {
  function enough(workers) {
    const free = new Array(workers).fill(0);
    let late = 0;
    for (let i = 0; i < arrivals.length; i++) {
      const start = Math.max(free[0], arrivals[i]);
      if (start - arrivals[i] > maxWaitS) {
        late++;
      }
      replaceFirst(free, start + workS[i]);
    }
    return late <= lateAllowed;
  }

  let low = 0;
  let high = arrivals.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** Put a number into a heap in place of the smallest one. */
function replaceFirst(heap, number) {
  let place = 0;
  for (let child = 1; child < heap.length; child = 2 * place + 1) {
    if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
      child++;
    }
    if (number <= heap[child]) {
      break;
    }
    heap[place] = heap[child];
    place = child;
  }
  heap[place] = number;
}
