// mistake: Number.MIN_VALUE is the smallest number above 0, not the lowest of all, so a last time of 0 ms is not found.
// fails: all delays are 0
interface Span {
  readonly first: number;
  readonly last: number;
  readonly servers: number;
}

function largestInStep(root: TreeNode | null, toleranceMs: number): number {
  let largest = 0;

  function below(node: TreeNode, at: number): Span {
    const children = [node.left, node.right].filter((child): child is TreeNode => child !== null);
    if (children.length === 0) {
      largest = Math.max(largest, 1);
      return { first: at, last: at, servers: 1 };
    }
    const spans = children.map((child) => below(child, at + child.value));
    const span = spans.reduce<Span>(
      (all, one) => ({
        first: Math.min(all.first, one.first),
        last: Math.max(all.last, one.last),
        servers: all.servers + one.servers,
      }),
      { first: Number.MAX_VALUE, last: Number.MIN_VALUE, servers: 0 },
    );
    if (span.last - span.first <= toleranceMs) {
      largest = Math.max(largest, span.servers);
    }
    return span;
  }

  if (root) {
    below(root, root.value);
  }
  return largest;
}
