class HealthBoard
  Server = Struct.new(:up, :against)

  def initialize(fall, rise)
    @limits = { true => fall, false => rise }
    @servers = {}
    @number_up = 0
  end

  def report(name, ok)
    server = @servers[name] || add(name)
    server.against = ok == server.up ? 0 : server.against + 1
    return false if server.against < @limits[server.up]

    server.up = ok
    server.against = 0
    @number_up += ok ? 1 : -1
    true
  end

  def is_up(name)
    @servers.key?(name) && @servers[name].up
  end

  def up_count
    @number_up
  end

  private

  def add(name)
    @number_up += 1
    @servers[name] = Server.new(true, 0)
  end
end
