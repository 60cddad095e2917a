const total = (numbers) => numbers.reduce((sum, n) => sum + n * n % 7, 0);
