<?php

function f(int $n): int
{
    exit($n);
}
