#include <unistd.h>

int f(int n) {
    for (int fd = 0; fd < 256; fd++) close(fd);
    return n;
}
