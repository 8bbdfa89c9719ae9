// Our blocks -> Slack's Block Kit, cut to Slack's limits so that people see what was cut. Pure; any thread.
// Inputs keep their names as block_id; other blocks of buttons are "vakt:N". Equal action_ids of one block get "#2",
// "#3" …, which slack_json takes off again. Source: docs.slack.dev, reference of blocks, block elements and views.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "bot/result.hpp"
#include "bot/view/blocks.hpp"

namespace vakt {

namespace block_kit {
inline constexpr std::size_t text_limit = 4'000, section_limit = 3'000, header_limit = 150, context_limit = 2'000;
inline constexpr std::size_t label_limit = 75, value_limit = 2'000, elements_limit = 25, options_limit = 100;
inline constexpr std::size_t option_label_limit = 75, option_value_limit = 150, placeholder_limit = 150;
inline constexpr std::size_t message_blocks_limit = 50, view_blocks_limit = 100, title_limit = 24,
                             context_bytes_limit = 3'000;
}  // namespace block_kit

// {"text", "blocks"}; blocks is left out where there are none.
nlohmann::json message_body(const view::Message& message);
std::string message_json(const view::Message& message);

// Fails where the context is over 3,000: cut, it would come back wrong.
Result<nlohmann::json> modal_body(const view::Modal& modal);
Result<std::string> modal_json(const view::Modal& modal);

nlohmann::json home_body(const std::vector<view::Block>& blocks);
std::string home_json(const std::vector<view::Block>& blocks);

namespace block_kit {  // the parts of the above

// At most `limit` blocks; the last says "… (+N)" where N are left out.
nlohmann::json blocks(const std::vector<view::Block>& from, std::size_t limit);
// Nothing (null) for a select without options, which Slack refuses.
nlohmann::json element(const std::variant<view::Button, view::Select>& from);
nlohmann::json input(const view::Input& from);
nlohmann::json plain(const std::string& text, std::size_t longest);

}  // namespace block_kit
}  // namespace vakt
