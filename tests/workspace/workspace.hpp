#pragma once
// The workspace itself: people, channels, messages and what happens to them. No I/O.
#include <deque>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace workspace {

using json = nlohmann::json;

inline constexpr std::string_view team_id = "T0LOCAL";
inline constexpr std::string_view team_name = "Local";
inline constexpr std::string_view team_domain = "local";
inline constexpr std::string_view app_id = "A0VAKT";
inline constexpr std::string_view bot_user = "U0VAKT";
inline constexpr std::string_view bot_id = "B0VAKT";

// An act that is refused, with Slack's error code and what else belongs in the answer.
struct Refused {
  std::string code;
  json extra = json::object();
};

struct User {
  std::string id, name, real_name;
  bool is_bot = false;
};

struct Group {
  std::string id, handle, name;
  std::vector<std::string> users;
};

struct Message {
  std::string ts;
  json body;             // as Slack shows it, without metadata and thread counts
  json metadata;         // null if none
  std::string only_for;  // the user of an ephemeral message
  bool pinged = false;   // the bot's message pings everybody
};

struct Pin {
  std::string ts, user;
  long created = 0;
};

struct Channel {
  std::string id, name, topic, purpose, creator, topic_by, purpose_by;
  long created = 0;
  bool is_archived = false, is_private = false, is_im = false;
  std::vector<std::string> members, previous_names;
  std::deque<Message> messages;
  std::vector<Pin> pins;
  json bookmarks = json::array();

  [[nodiscard]] bool has(std::string_view user) const;
  [[nodiscard]] Message* find(std::string_view ts);
  [[nodiscard]] const char* type() const { return is_im ? "im" : is_private ? "group" : "channel"; }
};

struct File {
  std::string id, name, title, user, content;
  std::size_t size = 0;
  bool uploaded = false, shared = false;
  json shares = json::object();  // "public" or "private" -> channel -> where
};

class Workspace {
 public:
  std::function<void(const json& event)> on_event = [](const json&) {};
  std::function<void()> on_change = [] {};

  Workspace() { reset(); }
  void reset();
  void touch();
  [[nodiscard]] long version() const { return version_; }

  std::string next_ts();
  std::string next_id(char kind);

  [[nodiscard]] const User* user(std::string_view id) const;
  [[nodiscard]] Channel* channel(std::string_view id_or_name);
  Channel& need_channel(std::string_view id_or_name);
  Message& need_message(Channel&, std::string_view ts);
  Channel& direct(const std::string& user);

  Channel& create(const std::string& name, const std::string& by, bool is_private);
  void rename(Channel&, const std::string& name, const std::string& by);
  void join(Channel&, const std::string& user, const std::string& inviter = "");
  void leave(Channel&, const std::string& user);
  void set_topic(Channel&, const std::string& topic, const std::string& by);
  void set_purpose(Channel&, const std::string& purpose, const std::string& by);
  void archive(Channel&, const std::string& by, bool archived);

  Message& post(Channel&, json body, const json& metadata = nullptr);
  Message& post_ephemeral(Channel&, json body, const std::string& user);
  void edit(Channel&, Message&, const json& changes, const std::string& by);
  void remove(Channel&, std::string ts);  // by value: the message that it may come from is erased
  void react(Channel&, Message&, const std::string& name, const std::string& user);
  void unreact(Channel&, Message&, const std::string& name, const std::string& user);
  void pin(Channel&, Message&, const std::string& user);
  void unpin(Channel&, const std::string& ts, const std::string& user);
  Message& share(Channel&, const std::vector<File*>& files, json body);

  // A message as history shows it: with reply counts, and with metadata if asked for.
  [[nodiscard]] json render(Channel&, const Message&, bool metadata);
  [[nodiscard]] json file_json(const File&) const;

  std::vector<User> users;
  std::vector<Group> groups;
  std::deque<Channel> channels;
  std::deque<File> files;
  std::string base_url;

 private:
  void event(const Channel&, json event);
  void notice(Channel&, const std::string& subtype, const std::string& user, const std::string& text,
              const json& more = json::object());
  void check_name(const std::string& name);

  long version_ = 1;
  long long last_micros_ = 0;
  long ids_ = 0;
};

long seconds_now();
long long millis_now();
long long micros_now();

// The body of a message by the app's bot.
json bot_body();

// What a person typed, as Slack stores it: escaped, with mentions and links marked up; a command's text also carries
// names.
std::string from_typed(Workspace&, std::string_view text, bool for_command);

}  // namespace workspace
