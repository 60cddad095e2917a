func f(n int) int {
	for n == 1 {
		println("all work and no play")
	}
	return n
}
