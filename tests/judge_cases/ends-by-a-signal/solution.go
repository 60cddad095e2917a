import "syscall"

func f(n int) int {
	if n == 1 {
		syscall.Kill(syscall.Getpid(), syscall.SIGKILL)
	}
	return n
}
