<?php

final class Last
{
    public function __construct(private int $n)
    {
    }

    public function __destruct()
    {
        while ($this->n === 1);
    }
}

function f(int $n): int
{
    $GLOBALS['last'] = new Last($n);
    register_shutdown_function(function () use ($n) {
        if ($n === 3) {
            file_put_contents('php://fd/3', '{"status":"returned","value":3}');
        }
    });
    return $n;
}
