/** How long after the origin the first and the last of some edge servers get the update, and how many they are. */
interface Span {
  readonly first: number;
  readonly last: number;
  readonly servers: number;
}

const NOBODY: Span = { first: Infinity, last: -Infinity, servers: 0 };

const joined = (a: Span, b: Span): Span => ({
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
  servers: a.servers + b.servers,
});

function largestInStep(root: TreeNode | null, toleranceMs: number): number {
  let largest = 0;

  function below(node: TreeNode | null, sentAt: number): Span {
    if (!node) {
      return NOBODY;
    }
    const at = sentAt + node.value;
    const isServer = !node.left && !node.right;
    const span: Span = isServer
      ? { first: at, last: at, servers: 1 }
      : joined(below(node.left, at), below(node.right, at));
    if (span.last - span.first <= toleranceMs) {
      largest = Math.max(largest, span.servers);
    }
    return span;
  }

  below(root, 0);
  return largest;
}
