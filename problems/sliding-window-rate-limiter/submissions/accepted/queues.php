<?php

function allowed(array $seconds, array $clients, int $limit, int $windowS): array
{
    $passed = [];
    $answer = [];
    foreach ($seconds as $i => $now) {
        $times = $passed[$clients[$i]] ??= new SplQueue();
        while (!$times->isEmpty() && $times->bottom() + $windowS <= $now) {
            $times->dequeue();
        }
        $answer[] = count($times) < $limit;
        if (count($times) < $limit) {
            $times->enqueue($now);
        }
    }
    return $answer;
}
