// Lines of action items, as the digest and the reminders show them. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/texts/digest_texts.hpp"
#include "bot/view/digest_view.hpp"

namespace vakt::view {

// What of an item a reader does not know already.
enum class Shown : std::uint8_t {
  with_owner,        // the channel: the owner by name
  mentioning_owner,  // where the owner is to be notified, or nobody can be
  without_owner,     // the owner's own messages
};

std::string person(const Names&, const UserId&);  // by name, escaped; else by id
std::string item_line(const DigestReader&, const vakt::action::Line&, vakt::action::Date today, Shown);
std::string closed_line(const DigestReader&, const vakt::action::Line&);

// A heading, then the lines: those with buttons in blocks of their own, the rest in one.
class ItemBlocks {
 public:
  using Buttons = std::vector<const char*>;  // action ids

  ItemBlocks(const DigestReader& reader, std::size_t rows_of_buttons) : reader_{reader}, rows_left_{rows_of_buttons} {}
  void heading(std::string text);  // mrkdwn
  void line(std::string_view text, vakt::action::ItemId, const Buttons& = {});
  void context(std::string text);
  std::vector<Block> take();

 private:
  void flush();

  const DigestReader& reader_;
  std::size_t rows_left_;
  std::string lines_;
  std::vector<Block> blocks_;
};

}  // namespace vakt::view
