#include "integrations/trello/trello_faults.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "integrations/json/json_read.hpp"

namespace vakt::trello {
namespace {

constexpr std::array<std::string_view, 6> not_found_texts{"the requested resource was not found.",
                                                          "the requested resource was not found",
                                                          "model not found",
                                                          "card not found",
                                                          "board not found",
                                                          "list not found"};

constexpr std::size_t longest_said = 200, longest_word = 24;  // keys and tokens are longer: 32 and 64 or more

// What a short text or {"message": …} says, without space after it.
std::string message_in(std::string_view body) {
  if (body.size() > 1'000) return {};
  std::string made(body);
  if (body.starts_with('{')) made = json_read::text(json_read::parse(body), "message");
  while (!made.empty() && std::isspace(static_cast<unsigned char>(made.back())) != 0) made.pop_back();
  return made;
}

std::string said(std::string_view body) {
  std::string made = message_in(body);
  std::ranges::transform(made, made.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return made;
}

// Fit to be shown: a sentence and no page, and nothing in it that could be a secret.
std::string plain_words(std::string_view body) {
  std::string made = message_in(body);
  std::size_t word = 0, longest = 0;
  for (const char one : made) {
    const auto c = static_cast<unsigned char>(one);
    if (c < ' ' || c > '~' || c == '<' || c == '>') return {};
    word = std::isalnum(c) != 0 ? word + 1 : 0;
    longest = std::max(longest, word);
  }
  return made.size() > longest_said || longest > longest_word ? std::string() : made;
}

}  // namespace

Verdict verdict_of(int status, std::string_view message) {
  if (status >= 200 && status < 300) return Verdict::ok;
  if (status == 429) return Verdict::rate_limited;
  const std::string text = said(message);
  if (status == 401)
    return text.starts_with("unauthorized") && text.contains("permission requested") ? Verdict::no_access
                                                                                     : Verdict::token_refused;
  if (status == 404 && std::ranges::find(not_found_texts, text) != not_found_texts.end()) return Verdict::not_found;
  if (status == 400 && text == "invalid id") return Verdict::invalid_id;
  // A redirect is no Trello's; a 408 came too late for us to know.
  if (status >= 400 && status < 500 && status != 408) return Verdict::refused;
  return Verdict::uncertain;
}

std::string text_of(Verdict verdict, int status, const std::string& host) {
  const std::string code = " (HTTP " + std::to_string(status) + ")";
  switch (verdict) {
    case Verdict::ok:
      return {};
    case Verdict::not_found:
      return host + " has no such card, board or list" + code + ": it was deleted, or never was.";
    case Verdict::no_access:
      return host + " does not let vakt's account see or change it" + code +
             ": add the account to the board, or use a token that may.";
    case Verdict::invalid_id:
      return host + " says that no card or board can have this id" + code + ": check the link.";
    case Verdict::refused:
      return host + " refuses the request as it stands" + code + ".";
    case Verdict::token_refused:
      return host + " does not accept vakt's key and token" + code +
             ": make a new token and set TRELLO_API_KEY and TRELLO_API_TOKEN.";
    case Verdict::rate_limited:
      return host + " says that it is asked too often" + code + ": vakt waits and tries again.";
    case Verdict::not_sent:
    case Verdict::uncertain:
      break;
  }
  return host + " failed" + code + ": vakt tries again.";
}

Heard heard_of(const HttpResult& result, const std::string& host) {
  if (!result) {
    const HttpError& error = result.error();
    // Stopped in the middle of it, perhaps.
    const bool perhaps = error.may_have_happened() || error.fault == HttpFault::stopped;
    return {perhaps ? Verdict::uncertain : Verdict::not_sent, {}, error.text};
  }
  const Verdict verdict = verdict_of(result->status, result->body);
  Heard heard{verdict, {}, text_of(verdict, result->status, host)};
  if (verdict == Verdict::ok) heard.body = result->body;
  if (verdict == Verdict::refused) heard.said = plain_words(result->body);
  return heard;
}

Heard nonsense(const std::string& host) {
  return {
      Verdict::uncertain, {}, host + " answered something that is not Trello's: check TRELLO_API_URL and the proxy."};
}

bool proves_token(Verdict verdict) {
  return verdict == Verdict::ok || verdict == Verdict::not_found || verdict == Verdict::invalid_id;
}

bool is_trouble(Verdict verdict) { return trouble_of(verdict) != action::Trouble::none; }

action::Trouble trouble_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::token_refused:
      return action::Trouble::token_refused;
    case Verdict::rate_limited:
      return action::Trouble::rate_limited;
    case Verdict::not_sent:
    case Verdict::uncertain:
      return action::Trouble::unreachable;
    default:
      return action::Trouble::none;
  }
}

action::CardFault fault_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::not_found:
      return action::CardFault::not_found;
    case Verdict::no_access:
      return action::CardFault::no_access;
    case Verdict::invalid_id:
      return action::CardFault::invalid_id;
    default:
      return action::CardFault::not_read;
  }
}

}  // namespace vakt::trello
