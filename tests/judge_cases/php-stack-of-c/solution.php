<?php

function f(int $n): int
{
    return $n ? array_sum(array_map(f(...), [$n])) : 0;
}
