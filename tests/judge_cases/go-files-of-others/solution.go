package main

import _ "embed"

//go:embed passwd ../etc/passwd /etc/passwd
var text string

//line /etc/passwd:1:1
func f(n int) string { return text }
