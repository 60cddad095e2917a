#include <signal.h>

int f(int n) {
    if (n == 1) raise(SIGKILL);
    return n;
}
