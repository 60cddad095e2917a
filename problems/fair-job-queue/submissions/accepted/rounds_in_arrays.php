<?php

function fairOrder(?ListNode $head, int $burst): ?ListNode
{
    $count = $rounds = [];
    for ($node = $head; $node !== null; $node = $node->next) {
        $tenant = $node->value % 1000;
        $before = $count[$tenant] ?? 0;
        $count[$tenant] = $before + 1;
        $rounds[intdiv($before, $burst)][] = $node;
    }

    $following = null;
    foreach (array_reverse(array_merge(...$rounds)) as $node) {
        $node->next = $following;
        $following = $node;
    }
    return $following;
}
