<?php

function f(int $n): array
{
    $names = array_map(fn($line) => trim(strtok($line, ':')), array_slice(file('/proc/net/dev'), 2));
    $routes = array_slice(file('/proc/net/route'), 1);
    foreach (file('/proc/net/ipv6_route') as $line) {
        if (!str_ends_with($line, " lo\n")) {
            $routes[] = $line;
        }
    }
    return [...$names, ...$routes];
}
