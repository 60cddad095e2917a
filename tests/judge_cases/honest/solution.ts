const total = (numbers: number[]): number => numbers.reduce((sum, n) => sum + ((n * n) % 7), 0);
