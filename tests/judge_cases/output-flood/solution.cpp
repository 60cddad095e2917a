int f(int n) {
    while (n == 1) std::cerr << "all work and no play\n";
    return n;
}
