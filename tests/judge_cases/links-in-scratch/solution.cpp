#include <sys/stat.h>
#include <unistd.h>

std::vector<int> f(int n) {
    namespace fs = std::filesystem;
    auto left = std::distance(fs::directory_iterator("/tmp"), {});
    fs::create_directories("/tmp/a/b");
    int number = 0;
    for (auto target : {"/", "/proc/1", "/tmp", "/tmp/a", "..", ".", "nowhere", "/opt"}) {
        fs::create_symlink(target, "/tmp/link" + std::to_string(number));
        fs::create_symlink(target, "/tmp/a/b/link" + std::to_string(number++));
    }
    mkfifo("/tmp/fifo", 0600);
    mkfifo("/tmp/a/\xff\n", 0600);
    return {int(left), fs::is_directory("/usr/lib")};
}
