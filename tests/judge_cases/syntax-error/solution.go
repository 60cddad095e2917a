func f(n int) int {
	return n + ;
}
