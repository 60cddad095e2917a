func total(numbers []int) int {
	sum := 0
	for _, n := range numbers {
		sum += n * n % 7
	}
	return sum
}
