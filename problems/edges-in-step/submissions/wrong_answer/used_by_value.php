// mistake: use ($best) gives the function a copy of its own, so what it finds is not seen outside; use (&$best) would share it.
// fails: two servers exactly the tolerance apart

function largestInStep(?TreeNode $root, int $toleranceMs): int
{
    $best = 0;
    $report = function (TreeNode $node) use (&$report, $best, $toleranceMs): array {
        [$first, $last, $count] = [PHP_INT_MAX, 0, 0];
        foreach ([$node->left, $node->right] as $child) {
            if ($child !== null) {
                [$early, $late, $servers] = $report($child);
                $first = min($first, $early + $child->value);
                $last = max($last, $late + $child->value);
                $count += $servers;
            }
        }
        if ($count === 0) {
            [$first, $last, $count] = [0, 0, 1];
        }
        if ($last - $first <= $toleranceMs) {
            $best = max($best, $count);
        }
        return [$first, $last, $count];
    };
    if ($root !== null) {
        $report($root);
    }
    return $best;
}
