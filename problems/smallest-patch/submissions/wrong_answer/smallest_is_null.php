// mistake: min() takes null, which stands for what cannot be done, for the smallest of all.
// fails: a first file

function patchBytes(array $old, array $new, int $hunkBytes): int
{
    $n = count($old);
    $m = count($new);
    $inside = $outside = [];
    for ($i = $n; $i >= 0; $i--) {
        for ($j = $m; $j >= 0; $j--) {
            if ($i === $n && $j === $m) {
                $inside[$i][$j] = $outside[$i][$j] = 0;
                continue;
            }
            $remove = $i < $n ? 1 + $inside[$i + 1][$j] : null;
            $add = $j < $m ? mb_strlen($new[$j]) + 1 + $inside[$i][$j + 1] : null;
            $keep = $i < $n && $j < $m && $old[$i] === $new[$j] ? $outside[$i + 1][$j + 1] : null;
            $inside[$i][$j] = min($remove, $add, $keep);
            $outside[$i][$j] = min($hunkBytes + min($remove, $add), $keep);
        }
    }
    return (int) $outside[0][0];
}
