template <int n> struct Bomb {
    static constexpr int value = Bomb<n + 1>::value;
};

int f(int n) { return Bomb<0>::value; }
