class Solution {
    /** Time to the first and the last edge server below a node, and how many there are. */
    private record Span(long first, long last, long count) {
        Span with(Span other) {
            return new Span(Math.min(first, other.first), Math.max(last, other.last), count + other.count);
        }

        Span later(long ms) {
            return new Span(first + ms, last + ms, count);
        }
    }

    private long best = 0;

    long largestInStep(TreeNode root, long toleranceMs) {
        if (root != null) {
            span(root, toleranceMs);
        }
        return best;
    }

    private Span span(TreeNode node, long toleranceMs) {
        Span found = null;
        for (TreeNode child : new TreeNode[] {node.left, node.right}) {
            if (child != null) {
                Span below = span(child, toleranceMs).later(child.value);
                found = found == null ? below : found.with(below);
            }
        }
        if (found == null) {
            found = new Span(0, 0, 1);
        }
        if (found.last() - found.first() <= toleranceMs) {
            best = Math.max(best, found.count());
        }
        return found;
    }
}
