// Requests to Trello's REST API. Pure; any thread. Key and token stand in a header, never in a URL
// (developer.atlassian.com/cloud/trello, "Authorization"). Paths begin with a slash and stand below the base.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/actions/card.hpp"
#include "integrations/http/http.hpp"

namespace vakt::trello {

// One Trello and one account. Holds secrets.
struct Access {
  std::string base;  // "https://api.trello.com/1", without a slash at its end
  std::string host;  // for people
  std::string key, token;
};
Access access_of(std::string_view url, std::string key, std::string token);

inline constexpr std::chrono::milliseconds usual_timeout{15'000};
HttpRequest get(const Access&, const std::string& path);
HttpRequest send_json(const Access&, const std::string& method, const std::string& path, std::string body);
HttpRequest post(const Access&, const std::string& path);

bool is_id(std::string_view);          // 24 hex digits
bool is_short_link(std::string_view);  // 8 of [0-9A-Za-z]

inline constexpr std::size_t batch_most = 10;
std::string me_path();
std::string boards_of_path(const std::string& member);   // with their lists
std::string board_path(const std::string& board);        // with its lists, members and open cards
std::string board_facts_path(const std::string& board);  // with its lists and members, without cards
std::string board_lists_path(const std::string& board);
std::string board_members_path(const std::string& board);
std::string board_labels_path(const std::string& board);
std::string board_cards_path(const std::string& board);  // open ones, with what a marker can stand in
inline constexpr std::size_t actions_of_a_page = 1'000;
// Newest first. since: nothing: ever. before: the last one of the page before; "": the first page.
std::string created_path(const std::string& board, std::optional<Instant> since, const std::string& before);
std::string deleted_path(const std::string& board);
std::string card_path(const std::string& card);
std::string marked_card_path(const std::string& card);  // with what a marker can stand in
std::string comments_path(const std::string& card);
std::string comment_path(const std::string& card, const std::string& text);
// At most batch_most of them. The commas inside a path are encoded twice: the outer ones part the paths.
std::string batch_path(const std::vector<std::string>& paths);

// Trello counts UTF-16 units. Never cuts a character.
inline constexpr std::size_t longest_text = 16'384;
std::string cut_text(const std::string& text, std::size_t most);
std::string marked_description(const std::string& description, const std::string& marker);
// Empty where Trello could not take it: a link without a public host.
std::string marked_source(const std::string& url, const std::string& marker);
std::string marked_comment(const std::string& comment, std::int64_t order);  // short enough for a URL
std::string comment_mark(std::int64_t order);

// Bodies. Ids, where the order holds names.
struct NewCard {
  const action::CreateCard& order;
  std::string list;
  std::vector<std::string> members, labels;
};
std::string create_body(const NewCard&);
// "" where there is nothing to send.
// list: id of the one that it is moved to; empty: stays where it is. members: null: stay as they are.
std::string change_body(const action::ChangeCard&, const std::string& list, const std::vector<std::string>* members);
std::string archive_body();

}  // namespace vakt::trello
