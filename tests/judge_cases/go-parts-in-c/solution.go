package main

// #cgo LDFLAGS: -Wl,--version
// int one() { return 1; }
import "C"

func f(n int) int { return int(C.one()) }
