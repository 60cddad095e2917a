// mistake: An array that is assigned is a copy. What is added to it is not added to the client's own.
// fails: a request exactly on the window's edge

function allowed(array $seconds, array $clients, int $limit, int $windowS): array
{
    $passed = [];
    $answer = [];
    foreach ($seconds as $i => $now) {
        $passed[$clients[$i]] ??= [];
        $times = $passed[$clients[$i]];
        $ok = count($times) < $limit || $times[count($times) - $limit] + $windowS <= $now;
        if ($ok) {
            $times[] = $now;
        }
        $answer[] = $ok;
    }
    return $answer;
}
