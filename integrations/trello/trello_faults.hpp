// What an exchange with Trello means. Pure; any thread. A dead token, a lost board and a deleted card differ only by
// status and body text (recorded; developer.atlassian.com/cloud/trello, "Status codes").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bot/actions/card.hpp"
#include "integrations/http/http.hpp"

namespace vakt::trello {

enum class Verdict : std::uint8_t {
  ok,             // 2xx: its body is still to be read
  not_found,      // 404 in Trello's own words
  no_access,      // 401 "unauthorized … permission requested"
  invalid_id,     // 400 "invalid id"
  refused,        // any other definite no
  token_refused,  // 401 of any other text: key, token or scopes
  rate_limited,   // 429: not carried out
  not_sent,       // certainly not carried out
  uncertain,      // no answer, half of one, 5xx, nonsense: may have been carried out
};

struct Heard {
  Verdict verdict = Verdict::uncertain;
  std::string body;       // of `ok` alone
  std::string text;       // of all others, for people, in English; never a secret
  std::string said = {};  // of `refused`: Trello's own words, where they are few and plain
};

Heard heard_of(const HttpResult&, const std::string& host);
// Of one answer inside a batch.
Verdict verdict_of(int status, std::string_view message);
std::string text_of(Verdict, int status, const std::string& host);
Heard nonsense(const std::string& host);  // 200, but not what was asked for

bool proves_token(Verdict);  // only an accepted token is answered like that
bool is_trouble(Verdict);    // it says nothing about what was asked for
action::Trouble trouble_of(Verdict);
action::CardFault fault_of(Verdict);

}  // namespace vakt::trello
