# mistake: ||= sets what is false as well as what is missing, so each report brings a server back that is down.
# fails: checks go on failing while the server is down
class HealthBoard
  def initialize(fall, rise)
    @fall = fall
    @rise = rise
    @up = {}
    @against = Hash.new(0)
  end

  def report(server, ok)
    @up[server] ||= true
    @against[server] = ok == @up[server] ? 0 : @against[server] + 1
    return false if @against[server] < (@up[server] ? @fall : @rise)

    @up[server] = ok
    @against[server] = 0
    true
  end

  def is_up(server)
    @up.fetch(server, false)
  end

  def up_count
    @up.count { |_, up| up }
  end
end
