<?php

function largestInStep(?TreeNode $root, int $toleranceMs): int
{
    $best = 0;
    if ($root !== null) {
        report($root, $toleranceMs, $best);
    }
    return $best;
}

/** Time to the first and the last edge server below the node, and how many there are. */
function report(TreeNode $node, int $toleranceMs, int &$best): array
{
    [$first, $last, $count] = [PHP_INT_MAX, 0, 0];
    foreach ([$node->left, $node->right] as $child) {
        if ($child !== null) {
            [$early, $late, $servers] = report($child, $toleranceMs, $best);
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
}
