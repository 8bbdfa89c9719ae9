// Effect -> call of Slack's Web API, and its answer -> EffectDone. Pure; any thread.
// Source: docs.slack.dev, reference of Web API methods, and "Rate limits".
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bot/inbound.hpp"
#include "bot/result.hpp"
#include "integrations/http/http.hpp"

namespace vakt {

struct ApiCall {
  std::string method;  // "chat.postMessage"; "response_url" for an answer by url, "upload" for a file's bytes
  bool form = false;   // otherwise JSON
  std::string body;
  std::string url;                // a whole address, called without our token; empty: the method's
  std::string channel;            // whose budget a post counts against
  std::string content_type = {};  // of a body that is neither form nor JSON
};

using Form = std::vector<std::pair<std::string, std::string>>;
ApiCall form_call(std::string method, const Form& fields);

// One call for one effect; for an Invite, its users without its group. nonce marks a Post. Fails where nothing can be
// sent.
Result<ApiCall> call_for(const Effect& effect, const std::string& nonce);
// What a Respond becomes once its response_url is no more.
ApiCall ephemeral_call(const effect::Respond& respond);
ApiCall invite_call(const ChannelId& channel, const std::vector<UserId>& users);
ApiCall edit_bookmark_call(const effect::AddBookmark& wanted, const std::string& id);
// The three steps of a file (docs.slack.dev, files.getUploadURLExternal): a place for it, its bytes, and a ShareFile.
ApiCall place_call(const std::string& file_name, std::size_t bytes);
ApiCall upload_call(const std::string& url, std::string bytes);  // url: of the place

// api_url ends with '/'.
HttpRequest request_for(const ApiCall& call, const std::string& api_url, const std::string& bot_token);

struct ApiAnswer {
  enum class Kind {
    ok,
    refused,       // it was not done, and trying again is useless: see error
    rate_limited,  // it was not done: try again after retry_after
    not_sent,      // it was not done: try again
    uncertain,     // it may have been done
    stopped,       // the client is shutting down
  };
  Kind kind = Kind::uncertain;
  std::string error;   // Slack's code, or a sentence
  std::string needed;  // the scope that is missing
  std::chrono::seconds retry_after{0};
  std::string body;  // of an ok
};

// Errors that mean that it was done already count as ok ("already_pinned", "no_reaction" …).
ApiAnswer read_answer(const std::string& method, const HttpResult& result);

// With the values that effect.hpp's readers expect: channel, name, ts; needed; messages, threads and cursor of a page.
inbound::EffectDone done_of(const Effect& effect, const ApiAnswer& answer);

// In the bodies of answers.
void add_nonces(const std::string& body, std::map<std::string, Ts>& found);  // of history or replies
bool has_bookmark(const std::string& body, const std::string& link);         // of bookmarks.list
std::string bookmark_id(const std::string& body, const std::string& link);   // of bookmarks.list; "": there is none
struct UploadPlace {
  std::string url, file;  // whoever has the url may write the file: it is in no log
};
std::optional<UploadPlace> upload_place(const std::string& body);      // of files.getUploadURLExternal
bool is_shared_in(const std::string& body, const ChannelId& channel);  // of files.info
struct FoundChannel {
  ChannelId id;
  std::string name;
  UserId creator;
  std::int64_t created = 0;  // seconds UTC
  bool member = false;       // we are in it
};
// Of conversations.list, by name or id.
std::optional<FoundChannel> find_channel(const std::string& body, const std::string& name);
std::string next_cursor(const std::string& body);  // "" on the last page
std::string own_user(const std::string& body);     // of auth.test
std::map<std::string, std::vector<UserId>> groups_of(
    const std::string& body);  // of usergroups.list, by handle and by id

// What happened and what to do, for people, in English. needed: the missing scope, where Slack named one.
std::string sentence_for(const std::string& error, const std::string& method, const std::string& needed = "");

}  // namespace vakt
