require "set"

def masked(url, names)
  secret = names.map(&:downcase).to_set
  path, mark, query = url.partition("?")
  parts = query.split("&", -1).map do |part|
    name, equals, = part.partition("=")
    !equals.empty? && secret.include?(name.downcase) ? "#{name}=***" : part
  end
  path + mark + parts.join("&")
end
