// mistake: strlen() counts bytes, and an umlaut has two of them.
// fails: accents and an umlaut

function expandedSize(array $templates, string $start, int $limit): ?int
{
    $sizes = [];
    $total = sizeOfTemplate($start, $templates, $limit, $sizes);
    return $total <= $limit ? $total : null;
}

function sizeOfTemplate(string $name, array $templates, int $limit, array &$sizes): int|float
{
    if (isset($sizes[$name])) {
        return $sizes[$name];
    }
    $sizes[$name] = INF;
    $total = 0;
    foreach ($templates[$name] as $part) {
        $isInclude = $part !== '' && $part[0] === '@';
        $total += $isInclude ? sizeOfTemplate(substr($part, 1), $templates, $limit, $sizes) : strlen($part);
        if ($total > $limit) {
            return INF;
        }
    }
    return $sizes[$name] = $total;
}
