#pragma once
// Slack's Web API over the workspace.
#include "args.hpp"
#include "house.hpp"

namespace workspace {

using Method = json (*)(House&, const Args&);
using Methods = std::map<std::string, Method>;

struct Called {
  int status = 200;
  json body;
  std::string raw_body;  // instead of body, if a fault gives one
  long retry_after = -1;
  bool drop = false;
  long long delay_ms = 0;
};

// One call: token, faults, limits, then the method. A JSON body is not read by the methods that take forms only.
void call_api(House&, const std::string& method, const std::string& token, const json& args, bool was_json,
              const std::function<void(Called)>& done);

// True, and the fault used up once, where a test has asked for one of this method.
bool take_fault(House&, const std::string& method, Fault&);

void add_chat(Methods&);
void add_conversations(Methods&);
void add_channel_parts(Methods&);
void add_people(Methods&);
void add_views(Methods&);
void add_files(Methods&);

// A channel that the bot must be in.
Channel& own_channel(House&, const Args&, const char* name = "channel");
json channel_json(const Channel&);

// One page of a list, with Slack's cursor.
json page_of(const json& all, const Args&, const char* name, long otherwise, long most);

}  // namespace workspace
