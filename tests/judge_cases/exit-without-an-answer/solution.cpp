int f(int n) { std::exit(n); }
