import "runtime"

func f(n int) int {
	if n == 2 {
		return n
	}
	runtime.GOMAXPROCS(4)
	for i := 0; i < 3; i++ {
		go func() {
			for {
			}
		}()
	}
	select {}
}
