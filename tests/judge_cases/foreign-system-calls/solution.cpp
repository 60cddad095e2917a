int f(int n) {
    long found = n == 0 ? 20 : 0x40000027;
    if (n == 0) asm volatile("int $0x80" : "+a"(found));  // getpid of 32 bits
    else asm volatile("syscall" : "+a"(found) : : "rcx", "r11", "memory");  // getpid, x32
    return int(found);
}
