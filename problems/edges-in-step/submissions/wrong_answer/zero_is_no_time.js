// mistake: A first time of 0 ms is falsy and looks as if there were none yet, so a later one takes its place.
// fails: a slow way to the group does not matter
function largestInStep(root, toleranceMs) {
  let best = 0;

  function report(node) {
    if (!node.left && !node.right) {
      best = Math.max(best, 1);
      return [0, 0, 1];
    }
    let first;
    let last = 0;
    let count = 0;
    for (const child of [node.left, node.right]) {
      if (child) {
        const [early, late, servers] = report(child);
        first = first ? Math.min(first, early + child.value) : early + child.value;
        last = Math.max(last, late + child.value);
        count += servers;
      }
    }
    if (last - first <= toleranceMs) {
      best = Math.max(best, count);
    }
    return [first, last, count];
  }

  if (root) {
    report(root);
  }
  return best;
}
