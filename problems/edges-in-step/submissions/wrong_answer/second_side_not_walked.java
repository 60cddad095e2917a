// mistake: && does not ask its right side once the left one is false, so groups on that side are never looked at.
// fails: only the smaller side is in step
import java.util.*;

class Solution {
    private final Map<TreeNode, long[]> spans = new HashMap<>();
    private long tolerance;
    private long best = 0;

    long largestInStep(TreeNode root, long toleranceMs) {
        tolerance = toleranceMs;
        inStep(root);
        return best;
    }

    /** Whether all edge servers below a node are in step; then it is known when they get the update. */
    private boolean inStep(TreeNode node) {
        if (node == null) {
            return true;
        }
        if (!(inStep(node.left) && inStep(node.right))) {
            return false;
        }
        long[] span = {Long.MAX_VALUE, Long.MIN_VALUE, 0};
        for (TreeNode child : Arrays.asList(node.left, node.right)) {
            long[] below = child == null ? null : spans.get(child);
            if (below != null) {
                span[0] = Math.min(span[0], below[0] + child.value);
                span[1] = Math.max(span[1], below[1] + child.value);
                span[2] += below[2];
            }
        }
        if (span[2] == 0) {
            span = new long[] {0, 0, 1};
        }
        spans.put(node, span);
        if (span[1] - span[0] > tolerance) {
            return false;
        }
        best = Math.max(best, span[2]);
        return true;
    }
}
