#include <signal.h>

int f(int n) {
    for (int number = 1; number < 65; number++) kill(1, number);
    return n;
}
