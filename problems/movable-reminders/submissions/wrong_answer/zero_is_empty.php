// mistake: empty() is true for a time of 0, too, so a reminder for second 0 is never waiting.
// fails: asking for the next time takes nothing

class Reminders
{
    private SplMinHeap $heap;
    private array $times = [];
    private array $numbers = [];
    private int $sets = 0;

    public function __construct()
    {
        $this->heap = new SplMinHeap();
    }

    public function set(string $reminder, int $at): bool
    {
        $moved = !empty($this->times[$reminder]);
        $this->times[$reminder] = $at;
        $this->numbers[$reminder] = ++$this->sets;
        $this->heap->insert([$at, $this->sets, $reminder]);
        return $moved;
    }

    public function cancel(string $reminder): bool
    {
        $waiting = !empty($this->times[$reminder]);
        unset($this->times[$reminder]);
        return $waiting;
    }

    public function take(int $now): ?string
    {
        $at = $this->nextAt();
        if ($at === null || $at > $now) {
            return null;
        }
        [, , $reminder] = $this->heap->extract();
        unset($this->times[$reminder]);
        return $reminder;
    }

    public function nextAt(): ?int
    {
        while (!$this->heap->isEmpty()) {
            [$at, $number, $reminder] = $this->heap->top();
            if (!empty($this->times[$reminder]) && $this->numbers[$reminder] === $number) {
                return $at;
            }
            $this->heap->extract();
        }
        return null;
    }
}
