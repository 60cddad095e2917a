<?php

function f(int $n): ?ListNode
{
    $node = new ListNode($n);
    $node->next = $node;
    return $node;
}
