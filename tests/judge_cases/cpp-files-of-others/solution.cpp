int f(int n) { return n; }
#include "/etc/passwd"
