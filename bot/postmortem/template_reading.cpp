#include "bot/postmortem/template_reading.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>
#include <vector>

#include "bot/record/record.hpp"
#include "bot/spelling.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt::postmortem {

namespace {

constexpr std::size_t longest_template = std::size_t{256} * 1024;

struct Open {
  std::string name;
  std::size_t line = 0, from = 0;
  bool repeats = false;
};

class Reader {
 public:
  Reader(const Template& from, Language otherwise) : template_(from), text_(from.text) { read_.language = otherwise; }

  Result<Reading> read() {
    if (text_.size() > longest_template)
      return std::unexpected(Error{where(0) + "it is longer than 256 KiB. Is it a template?"});
    while (at_ < text_.size()) {
      const auto open = std::min(text_.find("{{", at_), text_.size());
      count_lines(open);
      read_.body += text_.substr(at_, open - at_);
      at_ = open;
      if (at_ < text_.size())
        if (auto wrong = tag()) return std::unexpected(Error{std::move(*wrong)});
    }
    if (!open_.empty())
      return std::unexpected(Error{where(open_.back().line) + "the section {{#" + open_.back().name +
                                   "}} is never closed. Close it with {{/" + open_.back().name + "}}."});
    keep_optional();
    return std::move(read_);
  }

 private:
  std::string where(std::size_t line) const {
    return shown_place(template_) + (line ? ", line " + std::to_string(line) : "") + ": ";
  }

  void count_lines(std::size_t until) {
    line_ += static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_),
                                                 text_.begin() + static_cast<std::ptrdiff_t>(until), '\n'));
    counted_ = until;
  }

  // Reads the tag at at_; the error, if it is wrong.
  std::optional<std::string> tag() {
    const bool triple = text_.substr(at_).starts_with("{{{");
    const std::string_view closing = triple ? "}}}" : "}}";
    const auto inside_from = at_ + closing.size();
    const auto end = text_.find(closing, inside_from);
    if (end == std::string_view::npos) return where(line_) + "a tag is opened with {{ and never closed with }}.";
    const auto inside = text_.substr(inside_from, end - inside_from);
    const auto after = end + closing.size();
    const char sign = triple || inside.empty() ? ' ' : inside[0];
    const auto name =
        tidy(std::string_view{"#^/&!>="}.find(sign) == std::string_view::npos ? inside : inside.substr(1));
    if (sign == '!') {
      return comment(name, after);
    }
    if (sign == '>' || sign == '=')
      return where(line_) + (sign == '>' ? "{{> }} (a partial)" : "{{= =}} (other delimiters)") +
             " is not available in vakt's templates. Write the text out.";
    if (sign == '/') {
      if (auto wrong = close(name)) return wrong;
    } else {
      const auto* known = find(name);
      if (!known) return unknown(name);
      if (known->list.empty()) add_field(name);
      if (sign == '#' || sign == '^') {
        if (auto wrong = section(name, sign == '#' && known->is_list, after)) return wrong;
      } else if (known->is_list) {
        return where(line_) + "{{" + name + "}} is a list: write {{#" + name + "}}…{{/" + name + "}} around its items.";
      }
    }
    read_.body += text_.substr(at_, after - at_);
    count_lines(after);
    at_ = after;
    return {};
  }

  void add_field(std::string_view name) {
    constexpr std::string_view as_list = "_list";
    if (name == "links") name = "link";
    if (name.ends_with(as_list)) name.remove_suffix(as_list.size());
    const auto* field = std::ranges::find(field_names, name);
    if (field != field_names.end() && std::ranges::find(read_.fields, *field) == read_.fields.end())
      read_.fields.push_back(*field);
  }

  std::optional<std::string> comment(const std::string& words, std::size_t after) {
    if (words.starts_with("language:"))
      if (auto wrong = language(tidy(words.substr(9)))) return wrong;
    if (words.starts_with("file:")) read_.file_pattern = tidy(words.substr(5));
    if (words.starts_with("optional:"))
      if (auto wrong = optional(words.substr(9))) return wrong;
    const bool alone =
        (read_.body.empty() || read_.body.back() == '\n') && (after == text_.size() || text_[after] == '\n');
    const auto next = alone && after < text_.size() ? after + 1 : after;
    count_lines(next);
    at_ = next;
    return {};
  }

  std::optional<std::string> language(const std::string& name) {
    if (name != "en" && name != "nb")
      return where(line_) + "vakt has no words in the language \"" + shortened(name, 20) + "\". It is en or nb.";
    read_.language = name == "nb" ? Language::nb : Language::en;
    return {};
  }

  std::optional<std::string> optional(const std::string& names) {
    std::istringstream words{names};
    for (std::string word; words >> word;) {
      const auto* field = std::ranges::find(field_names, word);
      if (field == field_names.end()) {
        const auto nearest =
            std::ranges::min_element(field_names, {}, [&](auto name) { return edit_distance(lower(word), name); });
        return where(line_) + "there is no field " + shortened(word, 60) + ". The nearest name is " +
               std::string{*nearest} + ".";
      }
      optional_.insert(*field);
    }
    return {};
  }

  void keep_optional() {
    const auto asked =
        std::ranges::stable_partition(read_.fields, [&](std::string_view field) { return !optional_.contains(field); });
    read_.optional.assign(asked.begin(), asked.end());
    read_.fields.erase(asked.begin(), asked.end());
  }

  std::optional<std::string> section(const std::string& name, bool repeats, std::size_t after) {
    const auto* known = find(name);
    if (repeats && known->list.empty() && std::ranges::any_of(open_, [](const Open& open) { return open.repeats; }))
      return where(line_) + "the list {{#" + name + "}} stands inside another list. Close that one first.";
    open_.push_back({name, line_, after, repeats});
    return {};
  }

  std::optional<std::string> close(const std::string& name) {
    if (open_.empty())
      return where(line_) + "{{/" + name + "}} closes a section that is not open. Begin it with {{#" + name + "}}.";
    if (open_.back().name != name)
      return where(line_) + "{{/" + name + "}} stands where {{/" + open_.back().name +
             "}} should: the section of line " + std::to_string(open_.back().line) + " is still open.";
    auto& longest = read_.section_bytes[name];
    longest = std::max(longest, at_ - open_.back().from);
    open_.pop_back();
    return {};
  }

  // By its name and where it stands.
  const Known* find(const std::string& name) const {
    for (const auto& known : known_names()) {
      if (known.name != name) continue;
      const auto inside = [&](const Open& open) { return open.repeats && open.name == known.list; };
      if (known.list.empty() || std::ranges::any_of(open_, inside)) return &known;
    }
    return nullptr;
  }

  std::string unknown(const std::string& name) const {
    const auto of_a_list = std::ranges::find(known_names(), name, &Known::name);
    if (of_a_list != known_names().end())
      return where(line_) + "{{" + name + "}} has a value only between {{#" + std::string{of_a_list->list} +
             "}} and {{/" + std::string{of_a_list->list} + "}}.";
    const auto nearest = std::ranges::min_element(
        known_names(), {}, [&](const Known& known) { return edit_distance(lower(name), known.name); });
    return where(line_) + "documents know no {{" + shortened(name, 60) + "}}. The nearest name is {{" +
           std::string{nearest->name} + "}}.";
  }

  const Template& template_;
  std::string_view text_;
  Reading read_;
  std::vector<Open> open_;
  std::set<std::string_view> optional_{"link"};  // a form asks for no links
  std::size_t at_ = 0, counted_ = 0, line_ = 1;
};

}  // namespace

Result<Reading> read_template(const Template& from, Language otherwise) { return Reader{from, otherwise}.read(); }

}  // namespace vakt::postmortem
