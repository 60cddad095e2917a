int f(int n) {
    if (n == 2) return n;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; i++) threads.emplace_back([] { for (volatile int i = 0;;) i = i + 1; });
    return n;
}
