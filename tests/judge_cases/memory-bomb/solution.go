import "bytes"

func f(n int) int {
	var blocks [][]byte
	for n == 1 {
		blocks = append(blocks, bytes.Repeat([]byte("x"), 1<<20))
	}
	return n
}
