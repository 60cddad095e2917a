<?php

function masked(string $url, array $names): string
{
    $secret = array_flip(array_map(strtolower(...), $names));
    $mark = strpos($url, '?');
    if ($mark === false) {
        return $url;
    }
    $parts = explode('&', substr($url, $mark + 1));
    foreach ($parts as $i => $part) {
        [$name, $value] = [...explode('=', $part, 2), null];
        if ($value !== null && isset($secret[strtolower($name)])) {
            $parts[$i] = "$name=***";
        }
    }
    return substr($url, 0, $mark + 1) . implode('&', $parts);
}
