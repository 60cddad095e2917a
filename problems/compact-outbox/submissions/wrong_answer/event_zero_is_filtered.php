// mistake: array_filter() without a function of its own leaves out all that is falsy: event 0, too.
// fails: event 0 waits

function compact_(array &$slots, array $done): void
{
    $finished = array_flip($done);
    foreach ($slots as $i => $id) {
        if (isset($finished[$id])) {
            $slots[$i] = null;
        }
    }
    $slots = array_pad(array_values(array_filter($slots)), count($slots), null);
}
