asm(".section .rodata\nword: .incbin \"/etc/passwd\", 0, 4\n.byte 0\n.text");

std::string f(int n) {
    const char* found;
    asm("lea word(%%rip), %0" : "=r"(found));
    return found;
}
