import (
	"fmt"
	"os"
	"syscall"
)

func f(n int) []int {
	left, _ := os.ReadDir("/tmp")
	os.MkdirAll("/tmp/a/b", 0o777)
	for number, target := range []string{"/", "/proc/1", "/tmp", "/tmp/a", "..", ".", "nowhere", "/opt"} {
		os.Symlink(target, fmt.Sprintf("/tmp/link%d", number))
		os.Symlink(target, fmt.Sprintf("/tmp/a/b/link%d", number))
	}
	syscall.Mkfifo("/tmp/fifo", 0o600)
	syscall.Mkfifo("/tmp/a/\xff\n", 0o600)
	there := 0
	if found, err := os.Stat("/usr/lib"); err == nil && found.IsDir() {
		there = 1
	}
	return []int{len(left), there}
}
