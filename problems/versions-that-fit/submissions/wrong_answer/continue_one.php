// mistake: continue goes on with the inner loop only, so a version that clashes is chosen all the same.
// fails: one version each, the ends clash

function choose(array $versions, array $clashes): ?array
{
    $clashing = [];
    foreach ($clashes as [$a, $b]) {
        $clashing[$a][$b] = $clashing[$b][$a] = true;
    }
    return complete([], $versions, $clashing);
}

function complete(array $chosen, array $versions, array $clashing): ?array
{
    if (count($chosen) === count($versions)) {
        return $chosen;
    }
    foreach ($versions[count($chosen)] as $version) {
        foreach ($chosen as $other) {
            if (isset($clashing[$version][$other])) {
                continue;
            }
        }
        $found = complete([...$chosen, $version], $versions, $clashing);
        if ($found !== null) {
            return $found;
        }
    }
    return null;
}
