<?php

function compact_(array &$slots, array $done): void
{
    $finished = array_flip($done);
    $left = array_filter($slots, fn($id) => $id !== null && !isset($finished[$id]));
    $slots = array_pad(array_values($left), count($slots), null);
}
