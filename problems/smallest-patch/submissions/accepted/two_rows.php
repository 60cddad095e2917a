<?php

function patchBytes(array $old, array $new, int $hunkBytes): int
{
    $n = count($old);
    $m = count($new);
    $lengths = array_map(mb_strlen(...), $new);

    // The fewest bytes for what is left from $old[$i] and $new[$j] on: within a hunk, and where none is begun.
    $insideBelow = $outsideBelow = array_fill(0, $m + 2, INF);
    for ($i = $n; $i >= 0; $i--) {
        $inside = $outside = array_fill(0, $m + 2, INF);
        for ($j = $m; $j >= 0; $j--) {
            if ($i === $n && $j === $m) {
                $inside[$j] = $outside[$j] = 0;
                continue;
            }
            $change = 1 + $insideBelow[$j];
            if ($j < $m) {
                $change = min($change, $lengths[$j] + 1 + $inside[$j + 1]);
            }
            $keep = $i < $n && $j < $m && $old[$i] === $new[$j] ? $outsideBelow[$j + 1] : INF;
            $inside[$j] = min($change, $keep);
            $outside[$j] = min($hunkBytes + $change, $keep);
        }
        $insideBelow = $inside;
        $outsideBelow = $outside;
    }
    return $outsideBelow[0];
}
