<?php

function fewestHops(array $links, array $scanners, string $start, string $target): ?int
{
    $there = distances($links, $start);
    $back = distances(array_map(array_reverse(...), $links), $target);
    $fewest = null;
    foreach ($scanners as $scanner) {
        if (isset($there[$scanner], $back[$scanner])) {
            $fewest = min($fewest ?? PHP_INT_MAX, $there[$scanner] + $back[$scanner]);
        }
    }
    return $fewest;
}

/** The hops from one service to all that can be reached. */
function distances(array $links, string $origin): array
{
    $receivers = [];
    foreach ($links as [$sender, $receiver]) {
        $receivers[$sender][] = $receiver;
    }
    $hops = [$origin => 0];
    $queue = [$origin];
    for ($at = 0; $at < count($queue); $at++) {
        foreach ($receivers[$queue[$at]] ?? [] as $receiver) {
            if (!isset($hops[$receiver])) {
                $hops[$receiver] = $hops[$queue[$at]] + 1;
                $queue[] = $receiver;
            }
        }
    }
    return $hops;
}
