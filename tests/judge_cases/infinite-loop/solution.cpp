int f(int n) {
    for (volatile int i = n;;) i = i + 1;
}
