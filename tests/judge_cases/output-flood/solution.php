<?php

function f(int $n): int
{
    while ($n === 1) {
        echo "all work and no play\n";
    }
    return $n;
}
