<?php

final class Server
{
    public bool $up = true;
    public int $against = 0;
}

class HealthBoard
{
    private array $servers = [];
    private int $numberUp = 0;

    public function __construct(private int $fall, private int $rise)
    {
    }

    public function report(string $server, bool $ok): bool
    {
        if (!isset($this->servers[$server])) {
            $this->servers[$server] = new Server();
            $this->numberUp++;
        }
        $state = $this->servers[$server];
        $state->against = $ok === $state->up ? 0 : $state->against + 1;
        if ($state->against < ($state->up ? $this->fall : $this->rise)) {
            return false;
        }
        $state->up = $ok;
        $state->against = 0;
        $this->numberUp += $ok ? 1 : -1;
        return true;
    }

    public function isUp(string $server): bool
    {
        return $this->servers[$server]->up ?? false;
    }

    public function upCount(): int
    {
        return $this->numberUp;
    }
}
