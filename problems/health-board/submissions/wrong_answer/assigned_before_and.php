// mistake: = binds tighter than `and`, so $changes is true for the first check that differs already.
// fails: one failed check, still up

class HealthBoard
{
    private array $up = [];
    private array $against = [];
    private int $numberUp = 0;

    public function __construct(private int $fall, private int $rise)
    {
    }

    public function report(string $server, bool $ok): bool
    {
        if (!isset($this->up[$server])) {
            $this->up[$server] = true;
            $this->numberUp++;
        }
        $differs = $ok !== $this->up[$server];
        $this->against[$server] = $differs ? ($this->against[$server] ?? 0) + 1 : 0;
        $changes = $differs and $this->against[$server] >= ($this->up[$server] ? $this->fall : $this->rise);
        if ($changes) {
            $this->up[$server] = $ok;
            $this->against[$server] = 0;
            $this->numberUp += $ok ? 1 : -1;
        }
        return $changes;
    }

    public function isUp(string $server): bool
    {
        return $this->up[$server] ?? false;
    }

    public function upCount(): int
    {
        return $this->numberUp;
    }
}
