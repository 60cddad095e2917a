<?php

function expandedSize(array $templates, string $start, int $limit): ?int
{
    $sizes = [];
    $total = sizeOfTemplate($start, $templates, $limit, $sizes);
    return $total <= $limit ? $total : null;
}

/** A template that is being expanded has the size INF: what includes itself never ends. */
function sizeOfTemplate(string $name, array $templates, int $limit, array &$sizes): int|float
{
    if (isset($sizes[$name])) {
        return $sizes[$name];
    }
    $sizes[$name] = INF;
    $total = 0;
    foreach ($templates[$name] as $part) {
        $isInclude = str_starts_with($part, '@');
        $total += $isInclude ? sizeOfTemplate(substr($part, 1), $templates, $limit, $sizes) : mb_strlen($part);
        if ($total > $limit) {
            return INF;
        }
    }
    return $sizes[$name] = $total;
}
