#include <sys/socket.h>
#include <unistd.h>

std::set<int> opened;

std::vector<int> f(int n) {
    for (int family = 1; family < 64; family++) {
        for (int kind = 1; kind < 7; kind++) {
            int fd = socket(family, kind, 0);
            if (fd >= 0) close(fd);
            if (fd >= 0 || errno != EAFNOSUPPORT) opened.insert(family);
        }
    }
    return {opened.begin(), opened.end()};
}
