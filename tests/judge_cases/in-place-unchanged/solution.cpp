void f(std::vector<long long> slots) { std::sort(slots.begin(), slots.end()); }
