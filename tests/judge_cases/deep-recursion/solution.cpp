int f(volatile int n) { return 1 + f(n + 1) + n; }
