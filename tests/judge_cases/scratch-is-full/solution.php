<?php

function f(int $n): int
{
    if (count(scandir('/tmp')) > 2) {
        return -1;
    }
    for ($i = 0; $i < 100; $i++) {
        if (@file_put_contents("/tmp/file-$i", str_repeat("\0", 1 << 20)) !== 1 << 20) {
            return $n;
        }
    }
    return -2;
}
