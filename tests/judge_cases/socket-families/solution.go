import "syscall"

func f(n int) []int {
	found := []int{}
	for family := 1; family < 64; family++ {
		opens := false
		for kind := 1; kind < 7; kind++ {
			fd, err := syscall.Socket(family, kind, 0)
			if err == nil {
				syscall.Close(fd)
			}
			opens = opens || err != syscall.EAFNOSUPPORT
		}
		if opens {
			found = append(found, family)
		}
	}
	return found
}
