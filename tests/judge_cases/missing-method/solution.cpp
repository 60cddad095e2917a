struct Counter {
    int n;
    Counter(int start) : n(start) {}
    int add(int more) { return n += more; }
};
