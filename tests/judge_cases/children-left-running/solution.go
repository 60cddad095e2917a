import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

func f(n int) []int {
	others := 0
	entries, _ := os.ReadDir("/proc")
	for _, entry := range entries {
		if id, err := strconv.Atoi(entry.Name()); err == nil && id != 1 && id != os.Getpid() {
			others++
		}
	}
	files, _ := os.ReadDir("/tmp")
	loop := exec.Command("/bin/sh", "-c", "trap '' TERM; while :; do echo x >> /tmp/left; sleep 0.01; done")
	loop.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	loop.Start()
	exec.Command("/bin/sh", "-c", "echo hidden > /tmp/.hidden; mkdir -p /tmp/a/b/c; chmod 0 /tmp/a").Run()
	return []int{others, len(files)}
}
