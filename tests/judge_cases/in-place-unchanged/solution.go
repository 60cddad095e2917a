import "sort"

func f(slots []int) {
	slots = append([]int{}, slots...)
	sort.Ints(slots)
}
