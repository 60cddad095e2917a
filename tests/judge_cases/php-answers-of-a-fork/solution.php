<?php

function f(int $n): int
{
    $child = pcntl_fork();
    if ($child) {
        pcntl_waitpid($child, $status);
    }
    return $child ? $n : -$n;
}
