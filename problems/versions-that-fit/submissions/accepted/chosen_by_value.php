<?php

function choose(array $versions, array $clashes): ?array
{
    $clashing = [];
    foreach ($clashes as [$a, $b]) {
        $clashing[$a][$b] = $clashing[$b][$a] = true;
    }
    return complete([], $versions, $clashing);
}

/** The first complete choice that begins with $chosen, or null. */
function complete(array $chosen, array $versions, array $clashing): ?array
{
    if (count($chosen) === count($versions)) {
        return $chosen;
    }
    foreach ($versions[count($chosen)] as $version) {
        foreach ($chosen as $other) {
            if (isset($clashing[$version][$other])) {
                continue 2;
            }
        }
        $found = complete([...$chosen, $version], $versions, $clashing);
        if ($found !== null) {
            return $found;
        }
    }
    return null;
}
