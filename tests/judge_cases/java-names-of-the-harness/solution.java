package harness;

class Run {
    public static void main(String[] arguments) {
        System.exit(3);
    }
}

record Report(long n) {
    @Override
    public String toString() {
        return "Run Report " + n;
    }
}

class Machine {
    static void seed() {
        throw new IllegalStateException();
    }
}

class Answer {
    static String write(long n) {
        return new Report(n).toString();
    }
}

class Solution {
    String f(long n) {
        return Answer.write(n);
    }
}
