#include "integrations/slack/slack_api.hpp"

#include <nlohmann/json.hpp>

#include "integrations/http/url.hpp"
#include "integrations/json/json_read.hpp"
#include "integrations/slack/block_kit.hpp"
#include "integrations/slack/cut.hpp"

namespace vakt {
namespace {

using nlohmann::json;

constexpr std::size_t topic_limit = 250, bookmark_title_limit = 255, file_title_limit = 255;

ApiCall json_call(std::string method, const json& body, std::string channel = {}) {
  return {std::move(method), false, json_read::dump(body), {}, std::move(channel)};
}

struct ToCall {
  const std::string& nonce;

  Result<ApiCall> operator()(const effect::CreateChannel& e) const {
    return json_call("conversations.create", {{"name", e.name}});
  }
  Result<ApiCall> operator()(const effect::Invite& e) const { return invite_call(e.channel, e.users); }
  Result<ApiCall> operator()(const effect::JoinChannel& e) const {
    return json_call("conversations.join", {{"channel", e.channel}});
  }
  Result<ApiCall> operator()(const effect::SetTopic& e) const {
    return json_call("conversations.setTopic", {{"channel", e.channel}, {"topic", cut_plain(e.topic, topic_limit)}});
  }
  Result<ApiCall> operator()(const effect::Post& e) const {
    json body = message_body(e.message);
    body["channel"] = e.channel;
    if (!e.thread_ts.empty()) body["thread_ts"] = e.thread_ts;
    body["unfurl_links"] = body["unfurl_media"] = false;
    if (!nonce.empty()) body["metadata"] = {{"event_type", "vakt"}, {"event_payload", {{"nonce", nonce}}}};
    return json_call("chat.postMessage", body, e.channel);
  }
  Result<ApiCall> operator()(const effect::Update& e) const {
    json body = message_body(e.message);
    body["channel"] = e.channel;
    body["ts"] = e.ts;
    // Left out, Slack would keep the blocks of before.
    if (!body.contains("blocks")) body["blocks"] = json::array();
    return json_call("chat.update", body);
  }
  Result<ApiCall> operator()(const effect::Ephemeral& e) const {
    json body = message_body(e.message);
    body["channel"] = e.channel;
    body["user"] = e.user;
    return json_call("chat.postEphemeral", body);
  }
  Result<ApiCall> operator()(const effect::Respond& e) const {
    json body = message_body(e.message);
    body["response_type"] = "ephemeral";
    body["replace_original"] = e.replace;
    ApiCall call = json_call("response_url", body);
    call.url = e.response_url;
    return call;
  }
  Result<ApiCall> operator()(const effect::OpenModal& e) const {
    auto view = modal_body(e.modal);
    if (!view) return std::unexpected(view.error());
    return json_call("views.open", {{"trigger_id", e.trigger_id}, {"view", std::move(*view)}});
  }
  Result<ApiCall> operator()(const effect::PublishHome& e) const {
    return json_call("views.publish", {{"user_id", e.user}, {"view", home_body(e.blocks)}});
  }
  Result<ApiCall> operator()(const effect::AddPin& e) const {
    return json_call("pins.add", {{"channel", e.channel}, {"timestamp", e.ts}});
  }
  Result<ApiCall> operator()(const effect::AddBookmark& e) const {
    return json_call("bookmarks.add", {{"channel_id", e.channel},
                                       {"title", cut_plain(e.title, bookmark_title_limit)},
                                       {"type", "link"},
                                       {"link", e.link}});
  }
  Result<ApiCall> operator()(const effect::React& e) const {
    return json_call(e.remove ? "reactions.remove" : "reactions.add",
                     {{"channel", e.channel}, {"timestamp", e.ts}, {"name", e.emoji}});
  }
  Result<ApiCall> operator()(const effect::LookUpUser& e) const { return form_call("users.info", {{"user", e.user}}); }
  Result<ApiCall> operator()(const effect::LookUpGroup&) const {
    return form_call("usergroups.list", {{"include_users", "true"}});
  }
  Result<ApiCall> operator()(const effect::LookUpChannel& e) const {
    return form_call("conversations.info", {{"channel", e.channel}});
  }
  Result<ApiCall> operator()(const effect::FetchPage& e) const {
    Form fields = {{"channel", e.channel}, {"limit", "200"}, {"include_all_metadata", "true"}};
    if (!e.thread_ts.empty()) fields.emplace_back("ts", e.thread_ts);
    if (!e.oldest.empty()) fields.emplace_back("oldest", e.oldest);
    if (!e.cursor.empty()) fields.emplace_back("cursor", e.cursor);
    return form_call(e.thread_ts.empty() ? "conversations.history" : "conversations.replies", fields);
  }
  Result<ApiCall> operator()(const effect::ShareFile& e) const {
    return json_call("files.completeUploadExternal",
                     {{"files", json::array({{{"id", e.file}, {"title", cut_plain(e.title, file_title_limit)}}})},
                      {"channel_id", e.channel},
                      {"initial_comment", cut_mrkdwn(e.comment, block_kit::section_limit)}},
                     e.channel);
  }
  Result<ApiCall> operator()(const effect::UploadDocument&) const {
    return std::unexpected(Error{"a document is written before it is sent"});
  }
  // What flag services and Trello are asked is no call to Slack.
  Result<ApiCall> operator()(const effect::ChangeFlag&) const { return std::unexpected(Error{"not for Slack"}); }
  Result<ApiCall> operator()(const effect::StopFlag&) const { return std::unexpected(Error{"not for Slack"}); }
  Result<ApiCall> operator()(const effect::ReadFlags&) const { return std::unexpected(Error{"not for Slack"}); }
  Result<ApiCall> operator()(const effect::WriteCard&) const { return std::unexpected(Error{"not for Slack"}); }
  Result<ApiCall> operator()(const effect::ReadCards&) const { return std::unexpected(Error{"not for Slack"}); }
};

}  // namespace

ApiCall form_call(std::string method, const Form& fields) {
  ApiCall call{std::move(method), true, {}, {}, {}};
  for (const auto& [name, value] : fields)
    call.body += (call.body.empty() ? "" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
  return call;
}

Result<ApiCall> call_for(const Effect& effect, const std::string& nonce) {
  return std::visit(ToCall{nonce}, effect.body);
}

ApiCall ephemeral_call(const effect::Respond& respond) {
  json body = message_body(respond.message);
  body["channel"] = respond.channel;
  body["user"] = respond.user;
  return json_call("chat.postEphemeral", body);
}

ApiCall edit_bookmark_call(const effect::AddBookmark& wanted, const std::string& id) {
  return json_call("bookmarks.edit", {{"channel_id", wanted.channel},
                                      {"bookmark_id", id},
                                      {"title", cut_plain(wanted.title, bookmark_title_limit)},
                                      {"link", wanted.link}});
}

ApiCall place_call(const std::string& file_name, std::size_t bytes) {
  return form_call("files.getUploadURLExternal", {{"filename", file_name}, {"length", std::to_string(bytes)}});
}

ApiCall upload_call(const std::string& url, std::string bytes) {
  ApiCall call{"upload", false, std::move(bytes), url, {}};
  call.content_type = "application/octet-stream";
  return call;
}

ApiCall invite_call(const ChannelId& channel, const std::vector<UserId>& users) {
  std::string all;
  for (const UserId& user : users) all += (all.empty() ? "" : ",") + user;
  return json_call("conversations.invite", {{"channel", channel}, {"users", all}});
}

HttpRequest request_for(const ApiCall& call, const std::string& api_url, const std::string& bot_token) {
  HttpRequest request;
  request.method = "POST";
  request.url = call.url.empty() ? api_url + call.method : call.url;
  request.headers = {{"Content-Type", !call.content_type.empty() ? call.content_type
                                      : call.form                ? "application/x-www-form-urlencoded"
                                                                 : "application/json; charset=utf-8"}};
  if (call.url.empty()) request.headers.emplace_back("Authorization", "Bearer " + bot_token);
  request.body = call.body;
  return request;
}

}  // namespace vakt
