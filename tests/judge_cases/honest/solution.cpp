long long total(const std::vector<long long>& numbers) {
    long long sum = 0;
    for (auto n : numbers) sum += n * n % 7;
    return sum;
}
