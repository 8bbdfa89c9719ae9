// views.* and files.*
#include <tuple>

#include "api.hpp"

namespace workspace {

namespace {

json view_of(const Args& args) {
  std::ignore = args.need("view");
  json view = args.structure("view");
  if (view.is_discarded())
    throw Refused{"invalid_arguments", {{"response_metadata", {{"messages", {"[ERROR] view is not JSON"}}}}}};
  return view;
}

json views_open(House& house, const Args& args) {
  return {{"view", house.views.open(args.need("trigger_id"), view_of(args))}};
}
json views_push(House& house, const Args& args) {
  return {{"view", house.views.push(args.need("trigger_id"), view_of(args))}};
}
json views_update(House& house, const Args& args) {
  return {
      {"view", house.views.update(args.text("view_id"), args.text("external_id"), args.text("hash"), view_of(args))}};
}
json views_publish(House& house, const Args& args) {
  return {{"view", house.views.publish(args.need("user_id"), args.text("hash"), view_of(args))}};
}

File& need_file(House& house, const std::string& id) {
  for (auto& file : house.space.files)
    if (file.id == id) return file;
  throw Refused{"file_not_found"};
}

json upload_url(House& house, const Args& args) {
  std::string name = args.need("filename");
  std::ignore = args.need("length");
  long length = args.number("length", 0);
  if (length < 1) throw Refused{"missing_argument"};
  File file;
  file.id = house.space.next_id('F');
  file.name = name;
  file.user = bot_user;
  file.size = static_cast<std::size_t>(length);
  house.space.files.push_back(file);
  return {{"upload_url", house.space.base_url + "/upload/" + file.id}, {"file_id", file.id}};
}

json complete_upload(House& house, const Args& args) {
  json given = args.structure("files");
  if (!given.is_array() || given.empty()) throw Refused{"invalid_arguments"};
  std::vector<File*> files;
  for (const auto& one : given) {
    File& file = need_file(house, one.value("id", std::string()));
    if (!file.uploaded || file.shared) throw Refused{"file_update_failed"};
    file.title = one.value("title", std::string());
    files.push_back(&file);
  }
  if (args.has("channel_id")) {
    Channel& channel = own_channel(house, args, "channel_id");
    json body = bot_body();
    body["text"] = args.text("initial_comment");
    if (args.has("thread_ts")) body["thread_ts"] = args.text("thread_ts");
    house.space.share(channel, files, body);
  }
  json out = json::array();
  for (auto* file : files) out.push_back(house.space.file_json(*file));
  return {{"files", out}};
}

json file_info(House& house, const Args& args) {
  const File& file = need_file(house, args.need("file"));
  if (!file.uploaded) throw Refused{"file_not_found"};
  json shown = house.space.file_json(file);
  shown["shares"] = file.shares;
  shown["channels"] = shown["groups"] = json::array();
  for (const auto& [kind, channels] : file.shares.items())
    for (const auto& [id, where] : channels.items()) shown[kind == "public" ? "channels" : "groups"].push_back(id);
  return {{"file", shown}, {"comments", json::array()}};
}

}  // namespace

void add_views(Methods& all) {
  all["views.open"] = views_open;
  all["views.push"] = views_push;
  all["views.update"] = views_update;
  all["views.publish"] = views_publish;
}

void add_files(Methods& all) {
  all["files.getUploadURLExternal"] = upload_url;
  all["files.completeUploadExternal"] = complete_upload;
  all["files.info"] = file_info;
}

}  // namespace workspace
