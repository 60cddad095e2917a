int f(int n) {
    std::list<std::string> blocks;
    while (n == 1) blocks.emplace_back(1 << 20, 'x');
    return n;
}
