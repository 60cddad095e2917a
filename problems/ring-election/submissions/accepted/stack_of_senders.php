<?php

function hops(array $priorities): array
{
    $n = count($priorities);
    $answer = array_fill(0, $n, 0);
    $senders = [];
    for ($i = 0; $i < 2 * $n; $i++) {
        $priority = $priorities[$i % $n];
        while ($senders && $priorities[end($senders)] <= $priority) {
            $sender = array_pop($senders);
            $answer[$sender] = $i - $sender;
        }
        if ($i < $n && $priority > 0) {
            $senders[] = $i;
        }
    }
    return $answer;
}
