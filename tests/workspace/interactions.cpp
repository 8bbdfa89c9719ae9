#include "interactions.hpp"

#include <algorithm>

#include "blocks.hpp"

namespace workspace {

namespace {

const json team{{"id", team_id}, {"domain", team_domain}};

json person(House& house, const std::string& id) {
  const User* user = house.space.user(id);
  std::string name = user ? user->name : "";
  return {{"id", id}, {"username", name}, {"name", name}, {"team_id", team_id}};
}

json common(House& house, const char* type, const std::string& user) {
  return {{"type", type},
          {"token", "local"},
          {"api_app_id", app_id},
          {"team", team},
          {"enterprise", nullptr},
          {"is_enterprise_install", false},
          {"user", person(house, user)}};
}

json short_channel(const Channel& channel) {
  return {{"id", channel.id}, {"name", channel.is_im ? "directmessage" : channel.name}};
}

// Answers the page once the app has acked, or says that it has not.
void ask(House& house, const std::string& user, const json& payload, const Reply& reply, Delivery::Acked acked) {
  house.delivery.send_interactive("interactive", payload, std::move(acked),
                                  [&house, user, reply](const std::string& reason) {
                                    std::string text = "This app did not answer (" + reason + ")";
                                    house.toast(user, text);
                                    reply({{"ok", false}, {"error", text}});
                                  });
}

const json* find_element(const json& blocks, const std::string& block_id, const std::string& action_id) {
  for (const auto& block : blocks) {
    if (!block_id.empty() && block.value("block_id", std::string()) != block_id) continue;
    for (const char* place : {"accessory", "element"})
      if (block.contains(place) && block[place].value("action_id", std::string()) == action_id) return &block[place];
    if (block.contains("elements"))
      for (const auto& one : block["elements"])
        if (one.is_object() && one.value("action_id", std::string()) == action_id) return &one;
  }
  return nullptr;
}

std::string block_of(const json& blocks, const json* element) {
  for (const auto& block : blocks) {
    for (const char* place : {"accessory", "element"})
      if (block.contains(place) && &block[place] == element) return block["block_id"];
    if (block.contains("elements"))
      for (const auto& one : block["elements"])
        if (&one == element) return block["block_id"];
  }
  return "";
}

json option_of(const json& element, const std::string& value) {
  for (const auto& option : element.value("options", json::array()))
    if (option.value("value", std::string()) == value) return option;
  for (const auto& group : element.value("option_groups", json::array()))
    for (const auto& option : group.value("options", json::array()))
      if (option.value("value", std::string()) == value) return option;
  return nullptr;
}

// What the element reports for what was chosen, as in an action and as in state.values.
json chosen(const json& element, const json& act) {
  std::string type = element["type"];
  json out{{"type", type}};
  json selected = act.value("selected", json());
  std::string one = selected.is_string() ? selected.get<std::string>() : "";
  if (type == "button") {
    json value = act.value("value", element.value("value", json()));
    if (!value.is_null()) out["value"] = value;
    out["text"] = element["text"];
    if (element.contains("style")) out["style"] = element["style"];
  } else if (type == "users_select") {
    out["selected_user"] = selected;
  } else if (type == "conversations_select") {
    out["selected_conversation"] = selected;
  } else if (type == "channels_select") {
    out["selected_channel"] = selected;
  } else if (type == "datepicker") {
    out["selected_date"] = selected;
  } else if (type == "timepicker") {
    out["selected_time"] = selected;
  } else if (type == "datetimepicker") {
    out["selected_date_time"] = selected;
  } else if (type == "plain_text_input") {
    out["value"] = act.value("value", json());
  } else if (type == "checkboxes" || type == "multi_static_select") {
    out["selected_options"] = json::array();
    for (const auto& each : selected.is_array() ? selected : json::array({selected}))
      if (each.is_string() && !option_of(element, each).is_null())
        out["selected_options"].push_back(option_of(element, each));
  } else if (type == "multi_users_select") {
    out["selected_users"] = selected;
  } else {
    out["selected_option"] = option_of(element, one);
    if (out["selected_option"].is_null()) throw Refused{"no_such_option"};
  }
  return out;
}

json action_of(House& house, const json& blocks, const json& act, json& state) {
  std::string block_id = act.value("block_id", std::string());
  std::string action_id = act.value("action_id", std::string());
  const json* element = find_element(blocks, block_id, action_id);
  if (!element) throw Refused{"no_such_element"};
  block_id = block_of(blocks, element);
  json action = chosen(*element, act);
  if (action["type"] != "button" && action["type"] != "overflow") state["values"][block_id][action_id] = action;
  action["action_id"] = action_id;
  action["block_id"] = block_id;
  action["action_ts"] = house.space.next_ts();
  return action;
}

json sent_view(const json& view, const json& state) {
  json out = view;
  out["state"] = state;
  return out;
}

void answer_submission(House& house, const std::string& user, const std::string& view_id, const json& answer,
                       const Reply& reply) {
  json action = answer.is_object() ? answer.value("response_action", json()) : json();
  if (action == "errors") {
    json errors = answer.value("errors", json::object());
    if (auto* open = house.views.find(view_id)) open->errors = errors;
    house.space.touch();
    return reply({{"ok", true}, {"errors", errors}});
  }
  try {
    if (action == "clear")
      house.views.clear(user);
    else if (action == "update")
      house.views.update(view_id, "", "", answer.value("view", json()));
    else if (action == "push")
      house.views.push_on(user, view_id, answer.value("view", json()));
    else
      house.views.close(user, view_id);
  } catch (const Refused& refused) {
    std::string text = "The app's answer was refused: " + refused.code + " " + refused.extra.dump();
    house.toast(user, text);
    return reply({{"ok", false}, {"error", text}});
  }
  house.space.touch();
  reply({{"ok", true}});
}

// What Slack's own client checks before it sends the values.
json missing_inputs(const json& view, const json& values) {
  json errors = json::object();
  for (const auto& block : view["blocks"]) {
    if (block["type"] != "input") continue;
    const json& element = block["element"];
    std::string id = block["block_id"];
    json given = values.value(id, json::object()).value(element.value("action_id", std::string()), json::object());
    bool empty = true;
    for (const char* key :
         {"value", "selected_option", "selected_user", "selected_options", "selected_users", "selected_date",
          "selected_time", "selected_date_time", "selected_conversation", "selected_channel"})
      if (given.contains(key) && !given[key].is_null() && given[key] != "" && given[key] != json::array())
        empty = false;
    if (empty && !block.value("optional", false)) errors[id] = "Please complete this required field.";
    if (!given.contains("value") || !given["value"].is_string()) continue;
    std::size_t size = given["value"].get_ref<const std::string&>().size();
    if (size > element.value("max_length", 3000UL))
      errors[id] = "Must be less than " + std::to_string(element.value("max_length", 3000UL) + 1) + " characters.";
    if (!empty && size < element.value("min_length", 0UL))
      errors[id] = "Must be at least " + std::to_string(element.value("min_length", 0UL)) + " characters.";
  }
  return errors;
}

}  // namespace

void run_command(House& house, const std::string& user, Channel& channel, const std::string& typed,
                 const Reply& reply) {
  auto space = typed.find_first_of(" \n");
  std::string command = typed.substr(0, space);
  std::string rest = space == std::string::npos ? "" : typed.substr(space + 1);
  std::string url = house.new_answer(channel.id, user, "");
  Answer answer{channel.id, user, "", 0, 0};
  json payload{{"token", "local"},
               {"team_id", team_id},
               {"team_domain", team_domain},
               {"channel_id", channel.id},
               {"channel_name", channel.is_im        ? "directmessage"
                                : channel.is_private ? "privategroup"
                                                     : channel.name},
               {"user_id", user},
               {"user_name", house.space.user(user)->name},
               {"command", command},
               {"text", from_typed(house.space, rest, true)},
               {"api_app_id", app_id},
               {"is_enterprise_install", "false"},
               {"response_url", url},
               {"trigger_id", house.views.new_trigger(user)}};
  auto failed = [&house, answer, command, reply](const std::string& reason) {
    std::string text = command + " failed with the error \"" + reason + "\"";
    house.toast(answer.user, text);
    house.space.post_ephemeral(house.space.need_channel(answer.channel),
                               {{"user", "USLACKBOT"}, {"username", "Slackbot"}, {"text", text}}, answer.user);
    reply({{"ok", false}, {"error", text}});
  };
  auto acked = [&house, answer, reply](const json& given) {
    try {
      if (given.is_object() && !given.empty()) post_answer(house, answer, given);
    } catch (const Refused& refused) {
      return reply({{"ok", false}, {"error", "The app's answer was refused: " + refused.code}});
    }
    reply({{"ok", true}});
  };
  house.delivery.send_interactive("slash_commands", payload, acked, failed);
}

void post_answer(House& house, const Answer& answer, const json& given) {
  Channel& channel = house.space.need_channel(answer.channel);
  Message* original = answer.ts.empty() ? nullptr : channel.find(answer.ts);
  auto truth = [&](const char* key) { return given.contains(key) && (given[key] == true || given[key] == "true"); };
  if (truth("delete_original")) {
    if (original) house.space.remove(channel, answer.ts);
    return;
  }
  json body = json::object();
  for (const char* part : {"text", "blocks", "attachments", "thread_ts"})
    if (given.contains(part) && !given[part].is_null()) body[part] = given[part];
  if (body.contains("blocks") && body["blocks"].is_string())
    body["blocks"] = json::parse(body["blocks"].get<std::string>(), nullptr, false);
  if (body.contains("blocks")) check_message_blocks(body["blocks"]);
  if (!body.contains("blocks") && !body.contains("attachments") && body.value("text", std::string()).empty())
    throw Refused{"no_text"};
  if (!body.contains("text")) body["text"] = "";
  if (truth("replace_original") && original) {
    if (!body.contains("blocks")) body["blocks"] = json::array();
    return house.space.edit(channel, *original, body, std::string(bot_user));
  }
  body.update(bot_body());
  if (given.value("response_type", std::string("ephemeral")) == "in_channel")
    house.space.post(channel, body);
  else
    house.space.post_ephemeral(channel, body, answer.user);
}

void press_in_message(House& house, const std::string& user, const json& act, const Reply& reply) {
  Channel& channel = house.space.need_channel(act.value("channel", std::string()));
  Message& message = house.space.need_message(channel, act.value("ts", std::string()));
  json state{{"values", json::object()}};
  json action = action_of(house, message.body.value("blocks", json::array()), act, state);
  bool ephemeral = !message.only_for.empty();
  json payload = common(house, "block_actions", user);
  payload["container"] = {
      {"type", "message"}, {"message_ts", message.ts}, {"channel_id", channel.id}, {"is_ephemeral", ephemeral}};
  if (message.body.contains("thread_ts")) payload["container"]["thread_ts"] = message.body["thread_ts"];
  payload["channel"] = short_channel(channel);
  if (!ephemeral) payload["message"] = house.space.render(channel, message, false);
  payload["state"] = state;
  payload["actions"] = json::array({action});
  payload["trigger_id"] = house.views.new_trigger(user);
  payload["response_url"] = house.new_answer(channel.id, user, message.ts);
  ask(house, user, payload, reply, [reply](const json&) { reply({{"ok", true}}); });
}

void press_in_view(House& house, const std::string& user, const json& act, const Reply& reply) {
  std::string view_id = act.value("view_id", std::string());
  OpenView* open = house.views.find(view_id);
  if (!open || open->user != user) throw Refused{"view_not_found"};
  json& state = open->view["state"];
  if (act.contains("values") && act["values"].is_object()) state["values"].update(act["values"]);
  json action = action_of(house, open->view["blocks"], act, state);
  json payload = common(house, "block_actions", user);
  payload["container"] = {{"type", "view"}, {"view_id", view_id}};
  payload["view"] = sent_view(open->view, state);
  payload["actions"] = json::array({action});
  payload["trigger_id"] = house.views.new_trigger(user, view_id);
  ask(house, user, payload, reply, [reply](const json&) { reply({{"ok", true}}); });
}

void submit_view(House& house, const std::string& user, const json& act, const Reply& reply) {
  std::string view_id = act.value("view_id", std::string());
  OpenView* open = house.views.find(view_id);
  if (!open || open->user != user) throw Refused{"view_not_found"};
  json values = open->view["state"]["values"];
  json given = act.value("values", json::object());
  for (const auto& [block, actions] : given.items()) {
    if (!values.contains(block)) values[block] = json::object();
    values[block].update(actions);
  }
  open->view["state"]["values"] = values;
  open->errors = missing_inputs(open->view, values);
  house.space.touch();
  if (!open->errors.empty()) return reply({{"ok", true}, {"errors", open->errors}});
  json payload = common(house, "view_submission", user);
  payload["trigger_id"] = house.views.new_trigger(user, view_id);
  payload["view"] = open->view;
  payload["response_urls"] = json::array();
  ask(house, user, payload, reply,
      [&house, user, view_id, reply](const json& answer) { answer_submission(house, user, view_id, answer, reply); });
}

void close_view(House& house, const std::string& user, const std::string& view_id) {
  OpenView* open = house.views.find(view_id);
  if (!open || open->user != user) throw Refused{"view_not_found"};
  json view = open->view;
  if (view["clear_on_close"] == true) house.views.clear(user);
  house.views.close(user, view_id);
  if (view["notify_on_close"] != true) return;
  json payload = common(house, "view_closed", user);
  payload["view"] = view;
  payload["is_cleared"] = view["clear_on_close"];
  house.delivery.send_interactive("interactive", payload, [](const json&) {}, [](const std::string&) {});
}

void use_shortcut(House& house, const std::string& user, const json& act, const Reply& reply) {
  Channel& channel = house.space.need_channel(act.value("channel", std::string()));
  Message& message = house.space.need_message(channel, act.value("ts", std::string()));
  json payload = common(house, "message_action", user);
  payload["callback_id"] = act.value("callback_id", std::string());
  payload["action_ts"] = house.space.next_ts();
  payload["message_ts"] = message.ts;
  payload["message"] = house.space.render(channel, message, false);
  payload["channel"] = short_channel(channel);
  payload["trigger_id"] = house.views.new_trigger(user);
  payload["response_url"] = house.new_answer(channel.id, user, "");
  ask(house, user, payload, reply, [reply](const json&) { reply({{"ok", true}}); });
}

void open_home(House& house, const std::string& user) {
  json event{{"type", "app_home_opened"},
             {"user", user},
             {"channel", house.space.direct(user).id},
             {"tab", "home"},
             {"event_ts", house.space.next_ts()}};
  auto home = house.views.homes.find(user);
  if (home != house.views.homes.end()) event["view"] = home->second.view;
  house.delivery.send_event(event);
}

}  // namespace workspace
