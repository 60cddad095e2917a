<?php

function f(int $n): array
{
    $left = count(scandir('/tmp')) - 2;
    mkdir('/tmp/a/b', recursive: true);
    foreach (['/', '/proc/1', '/tmp', '/tmp/a', '..', '.', 'nowhere', '/opt'] as $number => $target) {
        symlink($target, "/tmp/link$number");
        symlink($target, "/tmp/a/b/link$number");
    }
    posix_mkfifo('/tmp/fifo', 0600);
    posix_mkfifo("/tmp/a/\xff\n", 0600);
    return [$left, (int) is_dir('/usr/lib')];
}
