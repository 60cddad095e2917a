<?php

function f(int $n): int
{
    $blocks = [];
    while ($n === 1) {
        $blocks[] = str_repeat('x', 1 << 20);
    }
    return $n;
}
