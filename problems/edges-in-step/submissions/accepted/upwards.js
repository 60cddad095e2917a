function largestInStep(root, toleranceMs) {
  let best = 0;

  /** Time to the first and the last edge server below node, and how many there are. */
  function report(node) {
    const children = [node.left, node.right].filter((child) => child !== null);
    let [first, last, count] = children.length === 0 ? [0, 0, 1] : [Infinity, -Infinity, 0];
    for (const child of children) {
      const below = report(child);
      first = Math.min(first, below.first + child.value);
      last = Math.max(last, below.last + child.value);
      count += below.count;
    }
    if (last - first <= toleranceMs) {
      best = Math.max(best, count);
    }
    return { first, last, count };
  }

  if (root !== null) {
    report(root);
  }
  return best;
}
