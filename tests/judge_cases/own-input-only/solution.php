<?php

function f(string $word): array
{
    $found = [];
    foreach (file('/proc/self/maps') as $line) {
        [$bounds, $rights] = explode(' ', $line);
        if (!str_starts_with($rights, 'rw') || str_contains($line, '[v') || $word !== 'first') {
            continue;
        }
        [$start, $end] = array_map('hexdec', explode('-', $bounds));
        $memory = fopen('/proc/self/mem', 'rb');
        for ($at = $start; $at < $end; $at += 1 << 20) {
            fseek($memory, $at);
            $chunk = (string) @fread($memory, min(1 << 20, $end - $at));
            if (preg_match('/zweites[-~]wort[-~]8271/', $chunk)) {
                $found[] = $line;
            }
        }
    }
    return $found;
}
