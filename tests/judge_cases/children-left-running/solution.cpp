#include <unistd.h>

std::vector<int> f(int n) {
    int others = 0, files = 0;
    for (auto& entry : std::filesystem::directory_iterator("/proc")) {
        int id = atoi(entry.path().filename().c_str());
        others += id > 1 && id != getpid();
    }
    for ([[maybe_unused]] auto& entry : std::filesystem::directory_iterator("/tmp")) files++;
    if (fork() == 0) {
        setsid();
        execl("/bin/sh", "sh", "-c", "trap '' TERM; while :; do echo x >> /tmp/left; sleep 0.01; done", nullptr);
    }
    std::system("echo hidden > /tmp/.hidden; mkdir -p /tmp/a/b/c; chmod 0 /tmp/a");
    return {others, files};
}
