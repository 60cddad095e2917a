import "syscall"

func f(n int) int {
	for fd := 0; fd < 256; fd++ {
		syscall.Close(fd)
	}
	return n
}
