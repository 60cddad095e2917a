<?php

function f(int $n): int
{
    return $n +
}
