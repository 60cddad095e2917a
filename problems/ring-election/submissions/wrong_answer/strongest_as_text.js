// mistake: The highest priority is taken from a sort() without a comparison, which is the last one as text.
// fails: the largest priorities
function hops(priorities) {
  const n = priorities.length;
  const answer = new Array(n).fill(0);
  const highest = [...priorities].sort().pop();
  if (!highest) {
    return answer;
  }
  const begin = priorities.indexOf(highest) + 1;
  const waiting = [];
  for (let place = begin; place < begin + n; place++) {
    const priority = priorities[place % n];
    while (waiting.length > 0 && priorities[waiting[waiting.length - 1] % n] <= priority) {
      const sent = waiting.pop();
      answer[sent % n] = place - sent;
    }
    if (priority > 0) {
      waiting.push(place);
    }
  }
  // The walk ended at the first of the strongest. Its message goes to the next of them.
  const last = waiting[waiting.length - 1];
  let next = last + 1;
  while (priorities[next % n] !== highest) {
    next++;
  }
  answer[last % n] = next - last;
  return answer;
}
