// mistake: The first scanner of the list has place 0, which is empty() like a place that is not there.
// fails: the start is a scanner

function fewestHops(array $links, array $scanners, string $start, string $target): ?int
{
    $receivers = [];
    foreach ($links as [$sender, $receiver]) {
        $receivers[$sender][] = $receiver;
    }
    $places = array_flip($scanners);
    $scanned = (int) (bool) ($places[$start] ?? false);
    $seen = [$scanned => [$start => true]];
    $queue = [[$start, $scanned, 0]];
    for ($at = 0; $at < count($queue); $at++) {
        [$service, $scanned, $hops] = $queue[$at];
        if ($scanned && $service === $target) {
            return $hops;
        }
        foreach ($receivers[$service] ?? [] as $receiver) {
            $after = $scanned || !empty($places[$receiver]) ? 1 : 0;
            if (!isset($seen[$after][$receiver])) {
                $seen[$after][$receiver] = true;
                $queue[] = [$receiver, $after, $hops + 1];
            }
        }
    }
    return null;
}
