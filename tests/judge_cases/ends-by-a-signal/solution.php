<?php

function f(int $n): int
{
    if ($n === 1) {
        posix_kill(getmypid(), SIGKILL);
    }
    return $n;
}
