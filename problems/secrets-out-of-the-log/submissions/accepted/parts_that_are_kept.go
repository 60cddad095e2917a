package main

import "strings"

func masked(url string, names []string) string {
	path, query, found := strings.Cut(url, "?")
	if !found {
		return url
	}
	secret := map[string]bool{}
	for _, name := range names {
		secret[strings.ToLower(name)] = true
	}
	parts := strings.Split(query, "&")
	for i, part := range parts {
		if name, _, hasValue := strings.Cut(part, "="); hasValue && secret[strings.ToLower(name)] {
			parts[i] = name + "=***"
		}
	}
	return path + "?" + strings.Join(parts, "&")
}
