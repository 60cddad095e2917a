def f(n)
  Process.detach(fork { fork { loop {} } })
  sleep 3600
end
