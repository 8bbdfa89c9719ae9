// The forms of action items.
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/action_words.hpp"

namespace vakt::view {

namespace {

using vakt::action::Item;

constexpr std::size_t title_most = 200;  // what is edited in one line

Modal form(const ActionReader& reader, std::string_view title, const char* callback, std::string context) {
  const auto& t = words(reader);
  return {.title = std::string{title},
          .submit = std::string{t.save},
          .close = std::string{t.cancel},
          .callback = callback,
          .context = std::move(context)};
}

Modal form_of(const ActionReader& reader, std::string_view title, const char* callback, const Item& item) {
  auto modal = form(reader, title, callback, std::to_string(item.id));
  modal.blocks.emplace_back(Section{item_named(item)});
  return modal;
}

Input line(const char* block, std::string_view label, std::string_view placeholder) {
  return {.block = block, .label = std::string{label}, .placeholder = std::string{placeholder}};
}

Input user(const ActionReader& reader) {
  return {.block = "owner", .label = std::string{words(reader).label_owner}, .kind = Input::Kind::user};
}

Input kind_select(const ActionReader& reader) {
  using enum vakt::action::Kind;
  const auto& t = words(reader);
  auto select = line("kind", t.label_kind, t.hint_kind);
  select.kind = Input::Kind::select;
  for (const auto& [kind, label] : {std::pair{prevent, t.option_prevent}, std::pair{mitigate, t.option_mitigate},
                                    std::pair{detect, t.option_detect}, std::pair{process, t.option_process}})
    select.options.push_back({std::string{label}, std::string{vakt::action::name(kind)}});
  return select;
}

Input priority_select(const ActionReader& reader) {
  const auto& t = words(reader);
  auto select = line("priority", t.label_priority, t.hint_priority);
  select.kind = Input::Kind::select;
  for (const auto severity : {Severity::sev1, Severity::sev2, Severity::sev3, Severity::sev4})
    select.options.push_back({std::string{shown(texts(reader.settings.language), severity)},
                              std::string{vakt::action::priority_name(severity)}});
  return select;
}

// The message of a shortcut may have many lines.
std::string in_one_line(const std::string& title) {
  auto text = tidy(title);
  for (char& c : text)
    if (c == '\n') c = ' ';
  return shortened(text, title_most);
}

}  // namespace

Modal item_form(const ActionReader& reader, const std::string& title, const std::string& context) {
  const auto& t = words(reader);
  auto modal = form(reader, t.form_add, action::item_add, context);
  auto what = line("title", t.label_title, {});
  what.initial = in_one_line(title);
  modal.blocks.emplace_back(what);
  for (auto input :
       {user(reader), line("due", t.label_due, t.hint_due), kind_select(reader), priority_select(reader)}) {
    input.optional = true;
    modal.blocks.emplace_back(std::move(input));
  }
  return modal;
}

Modal owner_form(const ActionReader& reader, const Item& item) {
  const auto& t = words(reader);
  auto modal = form_of(reader, t.form_owner, action::item_owner, item);
  auto who = user(reader);
  who.initial = item.owner;
  modal.blocks.emplace_back(who);
  modal.blocks.emplace_back(Context{of_item(reader, t.owner_none, item)});
  return modal;
}

Modal due_form(const ActionReader& reader, const Item& item) {
  const auto& t = words(reader);
  auto modal = form_of(reader, t.form_due, action::item_due, item);
  auto day = line("due", t.label_due, t.hint_due);
  day.optional = true;
  if (item.due) day.initial = iso_date(*item.due);
  modal.blocks.emplace_back(day);
  modal.blocks.emplace_back(Context{std::string{t.due_none}});
  return modal;
}

Modal snooze_form(const ActionReader& reader, const Item& item) {
  const auto& t = words(reader);
  auto modal = form_of(reader, t.form_snooze, action::item_snooze, item);
  modal.blocks.emplace_back(line("until", t.label_until, t.hint_until));
  modal.blocks.emplace_back(line("reason", t.label_reason, t.hint_reason));
  modal.blocks.emplace_back(Context{std::string{t.snooze_note}});
  return modal;
}

Modal wontdo_form(const ActionReader& reader, const Item& item) {
  const auto& t = words(reader);
  auto modal = form_of(reader, t.form_wontdo, action::item_wontdo, item);
  auto why = line("reason", t.label_why_not, t.hint_why_not);
  why.kind = Input::Kind::paragraph;
  modal.blocks.emplace_back(why);
  modal.blocks.emplace_back(Context{std::string{t.wontdo_note}});
  return modal;
}

}  // namespace vakt::view
