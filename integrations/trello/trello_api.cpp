#include "integrations/trello/trello_api.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "bot/time/zones.hpp"
#include "integrations/http/url.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::trello {
namespace {

using nlohmann::json;

constexpr const char* card_fields =
    "id,shortLink,idShort,idBoard,idList,idMembers,name,due,dueComplete,closed,url,shortUrl";
constexpr const char* facts_of_a_board =
    "?fields=id,name,closed,shortLink&lists=all&list_fields=id,name,closed&members=all&member_fields=id,username"
    "&actions=none&cards=";
constexpr std::size_t longest_comment = 6'000;  // encoded: it stands on the request line

HttpHeaders headers_of(const Access& access) {
  return {{"authorization", "OAuth oauth_consumer_key=\"" + percent_encoded(access.key) + "\", oauth_token=\"" +
                                percent_encoded(access.token) + "\""},
          {"accept", "application/json"},
          {"x-trello-client-identifier", "vakt"}};
}

// Length in bytes of the character that begins there, and how many UTF-16 units it counts.
std::pair<std::size_t, std::size_t> character(unsigned char lead) {
  if (lead >= 0xf0) return {4, 2};
  if (lead >= 0xe0) return {3, 1};
  if (lead >= 0xc0) return {2, 1};
  return {1, 1};
}

std::size_t units(std::string_view text) {
  std::size_t counted = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [bytes, wide] = character(static_cast<unsigned char>(text[at]));
    at += bytes;
    counted += wide;
  }
  return counted;
}

std::string as_trello_writes(Instant at) {
  return iso_utc(std::chrono::floor<std::chrono::seconds>(at)).substr(0, 19) + ".000Z";
}

json due_of(const std::optional<Instant>& due) { return due ? json(as_trello_writes(*due)) : json(); }

}  // namespace

Access access_of(std::string_view url, std::string key, std::string token) {
  while (url.ends_with('/')) url.remove_suffix(1);
  const auto parsed = parse_url(url);
  return {std::string(url), parsed ? parsed->authority() : "Trello", std::move(key), std::move(token)};
}

HttpRequest get(const Access& access, const std::string& path) {
  return {.method = "GET", .url = access.base + path, .headers = headers_of(access), .timeout = usual_timeout};
}

HttpRequest send_json(const Access& access, const std::string& method, const std::string& path, std::string body) {
  HttpRequest request{.method = method, .url = access.base + path, .headers = headers_of(access)};
  request.headers.emplace_back("content-type", "application/json");
  request.body = std::move(body);
  request.timeout = usual_timeout;
  return request;
}

HttpRequest post(const Access& access, const std::string& path) {
  return {.method = "POST", .url = access.base + path, .headers = headers_of(access), .timeout = usual_timeout};
}

bool is_id(std::string_view text) {
  return text.size() == 24 && std::ranges::all_of(text, [](unsigned char c) { return std::isxdigit(c) != 0; });
}

bool is_short_link(std::string_view text) {
  return text.size() == 8 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

std::string me_path() { return "/members/me"; }
std::string boards_of_path(const std::string& member) {
  return "/members/" + percent_encoded(member) + "/boards?filter=all&lists=all";
}
std::string board_path(const std::string& board) {
  return "/boards/" + percent_encoded(board) + facts_of_a_board + "open&card_fields=" + card_fields;
}
std::string board_facts_path(const std::string& board) {
  return "/boards/" + percent_encoded(board) + facts_of_a_board + "none";
}
std::string board_lists_path(const std::string& board) { return "/boards/" + percent_encoded(board) + "/lists/all"; }
std::string board_members_path(const std::string& board) { return "/boards/" + percent_encoded(board) + "/members"; }
std::string board_labels_path(const std::string& board) {
  return "/boards/" + percent_encoded(board) + "/labels?limit=1000";
}
std::string board_cards_path(const std::string& board) {
  return "/boards/" + percent_encoded(board) + "/cards?fields=" + card_fields +
         ",desc&attachments=true&attachment_fields=url";
}
std::string created_path(const std::string& board, std::optional<Instant> since, const std::string& before) {
  return "/boards/" + percent_encoded(board) +
         "/actions?filter=createCard&limit=1000&memberCreator=false&member=false" +
         (since ? "&since=" + percent_encoded(as_trello_writes(*since)) : "") +
         (before.empty() ? "" : "&before=" + percent_encoded(before));
}
std::string deleted_path(const std::string& board) {
  return "/boards/" + percent_encoded(board) + "/actions?filter=deleteCard&limit=1000&memberCreator=false&member=false";
}
std::string card_path(const std::string& card) {
  return "/cards/" + percent_encoded(card) + "?fields=" + card_fields +
         "&members=true&member_fields=id,username&list=true&board=true&board_fields=id,name,closed";
}
std::string marked_card_path(const std::string& card) {
  return "/cards/" + percent_encoded(card) + "?fields=" + card_fields + ",desc&attachments=true&attachment_fields=url";
}
std::string comments_path(const std::string& card) {
  return "/cards/" + percent_encoded(card) + "/actions?filter=commentCard";
}
std::string comment_path(const std::string& card, const std::string& text) {
  return "/cards/" + percent_encoded(card) + "/actions/comments?text=" + percent_encoded(text);
}

std::string batch_path(const std::vector<std::string>& paths) {
  std::string made = "/batch?urls=";
  for (std::size_t i = 0; i < paths.size(); ++i) {
    std::string inner;
    for (const char c : paths[i]) inner += c == ',' ? std::string("%2C") : std::string(1, c);
    made += (i > 0 ? "," : "") + percent_encoded(inner);
  }
  return made;
}

std::string cut_text(const std::string& text, std::size_t most) {
  std::size_t counted = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [bytes, wide] = character(static_cast<unsigned char>(text[at]));
    if (counted + wide > most) return text.substr(0, at);
    counted += wide;
    at += bytes;
  }
  return text;
}

std::string marked_description(const std::string& description, const std::string& marker) {
  const std::string mark = "vakt " + marker;
  if (description.empty()) return mark;
  const std::string tail = "\n\n" + mark;
  return cut_text(description, longest_text - units(tail)) + tail;
}

std::string marked_source(const std::string& url, const std::string& marker) {
  const auto parsed = parse_url(url);
  if (!parsed || !parsed->secure() || parsed->loopback || !parsed->host.contains('.')) return {};
  return url.substr(0, url.find('#')) + "#vakt-" + marker;
}

std::string comment_mark(std::int64_t order) { return "(vakt " + std::to_string(order) + ")"; }

std::string marked_comment(const std::string& comment, std::int64_t order) {
  const std::string tail = " " + comment_mark(order);
  std::string cut = comment;
  while (percent_encoded(cut).size() > longest_comment) cut = cut_text(cut, units(cut) * 3 / 4);
  return cut + tail;
}

std::string create_body(const NewCard& card) {
  json body{{"idList", card.list},
            {"name", cut_text(card.order.title, longest_text)},
            {"desc", marked_description(card.order.description, card.order.marker)},
            {"pos", "bottom"}};
  if (card.order.due) body["due"] = due_of(card.order.due);
  if (!card.members.empty()) body["idMembers"] = card.members;
  if (!card.labels.empty()) body["idLabels"] = card.labels;
  if (const auto source = marked_source(card.order.source_url, card.order.marker); !source.empty())
    body["urlSource"] = source;
  return json_read::dump(body);
}

std::string change_body(const action::ChangeCard& order, const std::string& list,
                        const std::vector<std::string>* members) {
  json body = json::object();
  if (order.title) body["name"] = cut_text(*order.title, longest_text);
  if (order.due) body["due"] = due_of(*order.due);
  if (order.complete) body["dueComplete"] = *order.complete;
  if (order.closed) body["closed"] = *order.closed;
  if (!list.empty()) body["idList"] = list;
  if (members) body["idMembers"] = *members;
  return body.empty() ? std::string() : json_read::dump(body);
}

std::string archive_body() { return R"({"closed":true})"; }

}  // namespace vakt::trello
