#include "bot/postmortem/rendering.hpp"

#include <kainjow/mustache.hpp>

namespace vakt::postmortem {

namespace {

namespace mustache = kainjow::mustache;

struct TooLong {};

mustache::data data_of(const Values& values);

mustache::data data_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return mustache::data{*text};
  if (const auto* is = std::get_if<bool>(&value)) return mustache::data{*is};
  mustache::data list{mustache::data::type::list};
  for (const auto& item : std::get<std::vector<Values>>(value)) list.push_back(data_of(item));
  return list;
}

mustache::data data_of(const Values& values) {
  mustache::data object;
  for (const auto& [name, value] : values) object.set(name, data_of(value));
  return object;
}

// Counts what is about to be written, for the library writes a line only once it is whole: each value that is taken,
// and for each item of a list all that stands between the section's tags.
class Counted : public mustache::context<std::string> {
 public:
  Counted(const mustache::data& data, const std::map<std::string, std::size_t>& section_bytes)
      : context(&data), section_bytes_(section_bytes) {}

  void push(const mustache::data* data) override {
    const auto bytes = section_bytes_.find(last_taken_[depth_]);
    count(bytes == section_bytes_.end() ? 0 : bytes->second);
    last_taken_.resize(++depth_ + 1);
    context::push(data);
  }
  void pop() override {
    --depth_;
    context::pop();
  }
  const mustache::data* get(const std::string& name) const override {
    const auto* found = context::get(name);
    if (found && found->is_string()) count(found->string_value().size());
    last_taken_[depth_] = name;
    return found;
  }

 private:
  void count(std::size_t bytes) const {
    written_ += bytes;
    if (written_ > longest_document) throw TooLong{};
  }

  const std::map<std::string, std::size_t>& section_bytes_;
  mutable std::size_t written_ = 0;
  mutable std::vector<std::string> last_taken_{1};  // by depth: the name whose section's items are walked
  std::size_t depth_ = 0;
};

}  // namespace

Result<std::string> rendered(const Reading& reading, const Values& values) {
  try {
    mustache::mustache text{reading.body};
    text.set_custom_escape([](const std::string& markdown) { return markdown; });
    const auto data = data_of(values);
    Counted context{data, reading.section_bytes};
    std::ostringstream out;
    text.render(context, out);
    if (!text.is_valid()) return std::unexpected(Error{text.error_message() + "."});
    return std::move(out).str();
  } catch (const TooLong&) {
    return std::unexpected(Error{"the document would be longer than 32 MiB. Let the template repeat less."});
  } catch (const std::exception& error) {
    return std::unexpected(Error{std::string{"it cannot be read ("} + error.what() + ")."});
  }
}

}  // namespace vakt::postmortem
