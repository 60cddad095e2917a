<?php

function f(int $n): array
{
    $others = array_diff(preg_grep('/^\d+$/', scandir('/proc')), ['1', (string) getmypid()]);
    $files = array_diff(scandir('/tmp'), ['.', '..']);
    $loop = "trap '' TERM; while :; do echo x >> /tmp/left; sleep 0.01; done";
    exec("setsid sh -c \"$loop\" > /dev/null 2>&1 &");
    exec('echo hidden > /tmp/.hidden; mkdir -p /tmp/a/b/c; chmod 0 /tmp/a');
    return [count($others), count($files)];
}
