#pragma once
// Modals, homes and the triggers that open them.
#include "workspace.hpp"

namespace workspace {

struct OpenView {
  json view;
  std::string user;
  json errors = json::object();
};

class Views {
 public:
  explicit Views(Workspace& space) : space_(space) {}

  std::string new_trigger(const std::string& user, const std::string& from_view = "");
  json open(const std::string& trigger, json view);
  json push(const std::string& trigger, json view);
  json push_on(const std::string& user, const std::string& view_id, json view);
  json update(const std::string& view_id, const std::string& external_id, const std::string& hash, json view);
  json publish(const std::string& user, const std::string& hash, json view);

  [[nodiscard]] OpenView* find(const std::string& view_id);
  void close(const std::string& user, const std::string& view_id);
  void clear(const std::string& user) { stacks[user].clear(); }
  void reset();

  std::map<std::string, std::vector<OpenView>> stacks;
  std::map<std::string, OpenView> homes;

 private:
  struct Trigger {
    std::string user, from_view;
    long long until = 0;
    bool used = false;
  };
  std::string spend(const std::string& trigger, std::string* from_view = nullptr);
  json complete(json view, const std::string& id, const std::string& root);
  void check_external(const json& view);

  Workspace& space_;
  std::map<std::string, Trigger> triggers_;
  long made_ = 0;
};

}  // namespace workspace
