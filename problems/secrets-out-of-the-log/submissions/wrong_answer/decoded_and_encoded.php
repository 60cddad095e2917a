// mistake: parse_str() decodes every value and http_build_query() encodes it again, so neither the mask nor the others stay as they are.
// fails: only one secret parameter

function masked(string $url, array $names): string
{
    $secret = array_flip(array_map(strtolower(...), $names));
    $mark = strpos($url, '?');
    if ($mark === false) {
        return $url;
    }
    parse_str(substr($url, $mark + 1), $values);
    foreach ($values as $name => $value) {
        if (isset($secret[strtolower($name)])) {
            $values[$name] = '***';
        }
    }
    return substr($url, 0, $mark + 1) . http_build_query($values);
}
