# mistake: split() leaves out what is empty at the end, so a name with an empty value looks like one without a value.
# fails: an empty value
require "set"

def masked(url, names)
  secret = names.map(&:downcase).to_set
  path, mark, query = url.partition("?")
  parts = query.split("&", -1).map do |part|
    name, value = part.split("=")
    value && secret.include?(name.downcase) ? "#{name}=***" : part
  end
  path + mark + parts.join("&")
end
