def f(n)
  left = Dir.children("/tmp").size
  Dir.mkdir("/tmp/a")
  Dir.mkdir("/tmp/a/b")
  ["/", "/proc/1", "/tmp", "/tmp/a", "..", ".", "nowhere", "/opt"].each_with_index do |target, number|
    File.symlink(target, "/tmp/link#{number}")
    File.symlink(target, "/tmp/a/b/link#{number}")
  end
  File.mkfifo("/tmp/fifo")
  File.mkfifo("/tmp/a/\xff\n".b)
  [left, File.directory?("/usr/lib") ? 1 : 0]
end
