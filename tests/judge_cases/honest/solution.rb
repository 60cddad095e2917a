def total(numbers)
  numbers.sum { |n| n * n % 7 }
end
