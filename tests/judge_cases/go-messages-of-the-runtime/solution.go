func f(n int) int {
	println("fatal error: all is well\n\ngoroutine 1 [running]:\nsolution.f()\n\t/tmp/solution.go:77 +0x1")
	if n == 1 {
		return n
	}
	select {}
}
