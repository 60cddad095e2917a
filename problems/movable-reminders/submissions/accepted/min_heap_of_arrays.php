<?php

class Reminders
{
    private SplMinHeap $heap; // [at, number, reminder], ordered by the first that differs; some are stale
    private array $numbers = [];
    private int $sets = 0;

    public function __construct()
    {
        $this->heap = new SplMinHeap();
    }

    public function set(string $reminder, int $at): bool
    {
        $moved = isset($this->numbers[$reminder]);
        $this->numbers[$reminder] = ++$this->sets;
        $this->heap->insert([$at, $this->sets, $reminder]);
        return $moved;
    }

    public function cancel(string $reminder): bool
    {
        $waiting = isset($this->numbers[$reminder]);
        unset($this->numbers[$reminder]);
        return $waiting;
    }

    public function take(int $now): ?string
    {
        $at = $this->nextAt();
        if ($at === null || $at > $now) {
            return null;
        }
        [, , $reminder] = $this->heap->extract();
        unset($this->numbers[$reminder]);
        return $reminder;
    }

    public function nextAt(): ?int
    {
        while (!$this->heap->isEmpty()) {
            [$at, $number, $reminder] = $this->heap->top();
            if (($this->numbers[$reminder] ?? 0) === $number) {
                return $at;
            }
            $this->heap->extract();
        }
        return null;
    }
}
