import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

func f(n int) int {
	if files, _ := os.ReadDir("/tmp"); len(files) > 0 {
		return -1
	}
	for i := 0; i < 100; i++ {
		if err := os.WriteFile(fmt.Sprintf("/tmp/file-%d", i), make([]byte, 1<<20), 0o600); err != nil {
			if errors.Is(err, syscall.ENOSPC) {
				return n
			}
			return -3
		}
	}
	return -2
}
