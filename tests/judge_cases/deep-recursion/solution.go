func f(n int) int {
	return 1 + f(n+1)
}
