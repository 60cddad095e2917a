int f(int n) {
    if (!std::filesystem::is_empty("/tmp")) return -1;
    std::string block(1 << 20, 'x');
    for (int i = 0; i < 100; i++) {
        std::ofstream file("/tmp/file-" + std::to_string(i));
        errno = 0;
        if (!(file << block << std::flush)) return errno == ENOSPC ? n : -3;
    }
    return -2;
}
