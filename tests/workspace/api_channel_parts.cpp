// pins.*, bookmarks.*, reactions.*
#include "api.hpp"

namespace workspace {

namespace {

const std::string bot(bot_user);

json pins_add(House& house, const Args& args) {
  Channel& channel = own_channel(house, args);
  house.space.pin(channel, house.space.need_message(channel, args.need("timestamp")), bot);
  return json::object();
}

json pins_remove(House& house, const Args& args) {
  house.space.unpin(own_channel(house, args), args.need("timestamp"), bot);
  return json::object();
}

json pins_list(House& house, const Args& args) {
  Channel& channel = own_channel(house, args);
  json items = json::array();
  for (const auto& pin : channel.pins)
    if (auto* message = channel.find(pin.ts))
      items.push_back({{"type", "message"},
                       {"channel", channel.id},
                       {"created", pin.created},
                       {"created_by", pin.user},
                       {"message", house.space.render(channel, *message, false)}});
  return {{"items", items}};
}

std::string link_of(const Args& args) {
  std::string link = args.text("link");
  if (!link.starts_with("http://") && !link.starts_with("https://")) throw Refused{"invalid_link"};
  return link;
}

json& need_bookmark(Channel& channel, const Args& args) {
  std::string id = args.need("bookmark_id");
  for (auto& one : channel.bookmarks)
    if (one["id"] == id) return one;
  throw Refused{"not_found"};
}

json bookmarks_add(House& house, const Args& args) {
  Channel& channel = own_channel(house, args, "channel_id");
  std::string title = args.need("title");
  if (args.need("type") != "link") throw Refused{"invalid_bookmark_type"};
  if (channel.bookmarks.size() >= 100) throw Refused{"too_many_bookmarks"};
  json bookmark{{"id", house.space.next_id('B')},
                {"channel_id", channel.id},
                {"title", title},
                {"link", link_of(args)},
                {"emoji", args.text("emoji")},
                {"icon_url", nullptr},
                {"type", "link"},
                {"entity_id", nullptr},
                {"date_created", seconds_now()},
                {"date_updated", 0},
                {"rank", "a"},
                {"last_updated_by_user_id", bot},
                {"last_updated_by_team_id", team_id},
                {"shortcut_id", nullptr},
                {"app_id", app_id}};
  channel.bookmarks.push_back(bookmark);
  house.space.touch();
  return {{"bookmark", bookmark}};
}

json bookmarks_edit(House& house, const Args& args) {
  json& bookmark = need_bookmark(own_channel(house, args, "channel_id"), args);
  if (args.has("link")) bookmark["link"] = link_of(args);
  if (args.has("title")) bookmark["title"] = args.text("title");
  if (args.has("emoji")) bookmark["emoji"] = args.text("emoji");
  bookmark["date_updated"] = seconds_now();
  house.space.touch();
  return {{"bookmark", bookmark}};
}

json bookmarks_list(House& house, const Args& args) {
  return {{"bookmarks", own_channel(house, args, "channel_id").bookmarks}};
}

json bookmarks_remove(House& house, const Args& args) {
  Channel& channel = own_channel(house, args, "channel_id");
  std::string id = need_bookmark(channel, args)["id"];
  json kept = json::array();
  for (const auto& one : channel.bookmarks)
    if (one["id"] != id) kept.push_back(one);
  channel.bookmarks = kept;
  house.space.touch();
  return json::object();
}

Message& reacted(House& house, Channel& channel, const Args& args) {
  std::string ts = args.text("timestamp");
  if (ts.empty()) throw Refused{"no_item_specified"};
  return house.space.need_message(channel, ts);
}

json reactions_add(House& house, const Args& args) {
  Channel& channel = own_channel(house, args);
  if (channel.is_archived) throw Refused{"is_archived"};
  house.space.react(channel, reacted(house, channel, args), args.need("name"), bot);
  return json::object();
}

json reactions_remove(House& house, const Args& args) {
  Channel& channel = own_channel(house, args);
  house.space.unreact(channel, reacted(house, channel, args), args.need("name"), bot);
  return json::object();
}

json reactions_get(House& house, const Args& args) {
  Channel& channel = own_channel(house, args);
  return {{"type", "message"},
          {"channel", channel.id},
          {"message", house.space.render(channel, reacted(house, channel, args), false)}};
}

}  // namespace

void add_channel_parts(Methods& all) {
  all["pins.add"] = pins_add;
  all["pins.remove"] = pins_remove;
  all["pins.list"] = pins_list;
  all["bookmarks.add"] = bookmarks_add;
  all["bookmarks.edit"] = bookmarks_edit;
  all["bookmarks.list"] = bookmarks_list;
  all["bookmarks.remove"] = bookmarks_remove;
  all["reactions.add"] = reactions_add;
  all["reactions.remove"] = reactions_remove;
  all["reactions.get"] = reactions_get;
}

}  // namespace workspace
