<?php

function f(int $n): int
{
    if (pcntl_fork() === 0) {
        if (pcntl_fork() === 0) {
            while (true);
        }
        exit(0);
    }
    sleep(3600);
    return $n;
}
