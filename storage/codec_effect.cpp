// Effects: what waits in the outbox. A field that older bytes lack keeps its default.
#include "storage/codec.hpp"
#include "storage/codec_json.hpp"
#include "storage/codec_shapes_actions.hpp"
#include "storage/codec_shapes_flags.hpp"
#include "storage/codec_shapes_view.hpp"

namespace vakt::storage {

namespace {
constexpr int newest_version = 1;
}  // namespace

template <>
struct Shape<effect::CreateChannel> {
  using T = effect::CreateChannel;
  static constexpr auto type = "create_channel";
  static constexpr std::tuple fields{Field{"name", &T::name}, Field{"attempt", &T::attempt},
                                     Field{"response_url", &T::response_url}, Field{"asker", &T::asker},
                                     Field{"asked_in", &T::asked_in}};
};
template <>
struct Shape<effect::Invite> {
  using T = effect::Invite;
  static constexpr auto type = "invite";
  static constexpr std::tuple fields{Field{"channel", &T::channel}, Field{"users", &T::users},
                                     Field{"group", &T::group}};
};
template <>
struct Shape<effect::JoinChannel> {
  using T = effect::JoinChannel;
  static constexpr auto type = "join_channel";
  static constexpr std::tuple fields{Field{"channel", &T::channel}};
};
template <>
struct Shape<effect::SetTopic> {
  using T = effect::SetTopic;
  static constexpr auto type = "set_topic";
  static constexpr std::tuple fields{Field{"channel", &T::channel}, Field{"topic", &T::topic}};
};
template <>
struct Shape<effect::Post> {
  using T = effect::Post;
  static constexpr auto type = "post";
  static constexpr std::tuple fields{
      Field{"channel", &T::channel}, Field{"thread_ts", &T::thread_ts}, Field{"message", &T::message},
      Field{"purpose", &T::purpose}, Field{"join", &T::join},           Field{"because", &T::because},
      Field{"asker", &T::asker},     Field{"asked_in", &T::asked_in},   Field{"response_url", &T::response_url}};
};
template <>
struct Shape<effect::Update> {
  using T = effect::Update;
  static constexpr auto type = "update";
  static constexpr std::tuple fields{Field{"channel", &T::channel}, Field{"ts", &T::ts}, Field{"message", &T::message}};
};
template <>
struct Shape<effect::Ephemeral> {
  using T = effect::Ephemeral;
  static constexpr auto type = "ephemeral";
  static constexpr std::tuple fields{Field{"channel", &T::channel}, Field{"user", &T::user},
                                     Field{"message", &T::message}};
};
template <>
struct Shape<effect::Respond> {
  using T = effect::Respond;
  static constexpr auto type = "respond";
  static constexpr std::tuple fields{
      Field{"response_url", &T::response_url}, Field{"channel", &T::channel}, Field{"user", &T::user},
      Field{"message", &T::message},           Field{"replace", &T::replace}, Field{"until", &T::until}};
};
template <>
struct Shape<effect::OpenModal> {
  using T = effect::OpenModal;
  static constexpr auto type = "open_modal";
  static constexpr std::tuple fields{Field{"trigger_id", &T::trigger_id}, Field{"modal", &T::modal},
                                     Field{"until", &T::until}, Field{"channel", &T::channel}, Field{"user", &T::user}};
};
template <>
struct Shape<effect::PublishHome> {
  using T = effect::PublishHome;
  static constexpr auto type = "publish_home";
  static constexpr std::tuple fields{Field{"user", &T::user}, Field{"blocks", &T::blocks}};
};
template <>
struct Shape<effect::AddPin> {
  using T = effect::AddPin;
  static constexpr auto type = "add_pin";
  static constexpr std::tuple fields{Field{"channel", &T::channel}, Field{"ts", &T::ts}};
};
template <>
struct Shape<effect::AddBookmark> {
  using T = effect::AddBookmark;
  static constexpr auto type = "add_bookmark";
  static constexpr std::tuple fields{Field{"channel", &T::channel}, Field{"title", &T::title}, Field{"link", &T::link},
                                     Field{"replaces", &T::replaces}};
};
template <>
struct Shape<effect::React> {
  using T = effect::React;
  static constexpr auto type = "react";
  static constexpr std::tuple fields{Field{"channel", &T::channel}, Field{"ts", &T::ts}, Field{"emoji", &T::emoji},
                                     Field{"remove", &T::remove}};
};
template <>
struct Shape<effect::LookUpUser> {
  using T = effect::LookUpUser;
  static constexpr auto type = "look_up_user";
  static constexpr std::tuple fields{Field{"user", &T::user}};
};
template <>
struct Shape<effect::LookUpGroup> {
  using T = effect::LookUpGroup;
  static constexpr auto type = "look_up_group";
  static constexpr std::tuple fields{Field{"group", &T::group},     Field{"asker", &T::asker},
                                     Field{"channel", &T::channel}, Field{"response_url", &T::response_url},
                                     Field{"target", &T::target},   Field{"until", &T::until}};
};
template <>
struct Shape<effect::ChangeFlag> {
  using T = effect::ChangeFlag;
  static constexpr auto type = "change_flag";
  static constexpr std::tuple fields{Field{"change", &T::change}, Field{"wanted", &T::wanted}};
};
template <>
struct Shape<effect::StopFlag> {
  using T = effect::StopFlag;
  static constexpr auto type = "stop_flag";
  static constexpr std::tuple fields{Field{"key", &T::key}};
};
template <>
struct Shape<effect::ReadFlags> {
  using T = effect::ReadFlags;
  static constexpr auto type = "read_flags";
  static constexpr std::tuple fields{Field{"purpose", &T::purpose},
                                     Field{"provider", &T::provider},
                                     Field{"name", &T::name},
                                     Field{"environment", &T::environment},
                                     Field{"context", &T::context},
                                     Field{"response_url", &T::response_url},
                                     Field{"trigger_id", &T::trigger_id},
                                     Field{"user", &T::user},
                                     Field{"channel", &T::channel},
                                     Field{"until", &T::until}};
};
template <>
struct Shape<effect::LookUpChannel> {
  using T = effect::LookUpChannel;
  static constexpr auto type = "look_up_channel";
  static constexpr std::tuple fields{Field{"channel", &T::channel}};
};
template <>
struct Shape<effect::FetchPage> {
  using T = effect::FetchPage;
  static constexpr auto type = "fetch_page";
  static constexpr std::tuple fields{Field{"channel", &T::channel}, Field{"thread_ts", &T::thread_ts},
                                     Field{"oldest", &T::oldest}, Field{"cursor", &T::cursor},
                                     Field{"since", &T::since}};
};
template <>
struct Shape<effect::WriteCard> {
  using T = effect::WriteCard;
  static constexpr auto type = "write_card";
  static constexpr std::tuple fields{Field{"order", &T::order}, Field{"response_url", &T::response_url},
                                     Field{"user", &T::user}, Field{"channel", &T::channel}};
};
template <>
struct Shape<effect::ReadCards> {
  using T = effect::ReadCards;
  static constexpr auto type = "read_cards";
  static constexpr std::tuple fields{
      Field{"what", &T::what}, Field{"context", &T::context}, Field{"response_url", &T::response_url},
      Field{"user", &T::user}, Field{"channel", &T::channel}, Field{"until", &T::until}};
};
template <>
struct Shape<effect::UploadDocument> {
  using T = effect::UploadDocument;
  static constexpr auto type = "upload_document";
  static constexpr std::tuple fields{Field{"channel", &T::channel}, Field{"document", &T::document},
                                     Field{"asker", &T::asker}, Field{"asked_in", &T::asked_in},
                                     Field{"response_url", &T::response_url}};
};
template <>
struct Shape<effect::ShareFile> {
  using T = effect::ShareFile;
  static constexpr auto type = "share_file";
  static constexpr std::tuple fields{Field{"channel", &T::channel},   Field{"file", &T::file},
                                     Field{"title", &T::title},       Field{"comment", &T::comment},
                                     Field{"document", &T::document}, Field{"asker", &T::asker},
                                     Field{"asked_in", &T::asked_in}, Field{"response_url", &T::response_url}};
};

std::string encode(const Effect& effect) {
  Json json = to_json(effect.body);
  json["incident"] = effect.incident;
  json["v"] = newest_version;
  return dump(json);
}

Effect decode_effect(std::string_view bytes) {
  const Json json = parse(bytes);
  require_version(json, newest_version);
  Effect effect;
  if (const auto incident = json.find("incident"); incident != json.end())
    from_json(*incident, effect.incident, Missing::defaulted);
  from_json(json, effect.body, Missing::defaulted);
  return effect;
}

}  // namespace vakt::storage
