<?php

function total(array $numbers): int
{
    return array_sum(array_map(fn($n) => $n * $n % 7, $numbers));
}
