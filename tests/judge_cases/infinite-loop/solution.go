func f(n int) int {
	for {
	}
}
