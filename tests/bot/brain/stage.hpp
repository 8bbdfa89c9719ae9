// A brain on a stage: tests say what people and Slack do, and look at what was recorded, posted and answered.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bot/brain/brain.hpp"
#include "bot/time/zones.hpp"
#include "tests/bot/brain/memory_ledger.hpp"

namespace vakt::test {

class RecordingOutlet : public Outlet {
 public:
  explicit RecordingOutlet(const MemoryLedger& ledger) : ledger_(ledger) {}
  void acknowledge(Acknowledgement ack) override {
    early = early || (ledger_.in_transaction && !ledger_.broken);
    acks.push_back(std::move(ack));
  }
  void submit(OutboxRow row) override {
    early = early || ledger_.in_transaction;
    rows.push_back(std::move(row));
  }
  void report(bool, const std::string& sentence) override { reports.push_back(sentence); }
  void operators(std::optional<std::set<UserId>> users) override { may_turn_off = std::move(users); }

  std::vector<Acknowledgement> acks;
  std::vector<OutboxRow> rows;
  std::vector<std::string> reports;
  std::optional<std::set<UserId>> may_turn_off;
  bool early = false;  // something left before its commit

 private:
  const MemoryLedger& ledger_;
};

struct Stage {
  Settings settings{.self = {.user = "UVAKT", .bot_id = "BVAKT", .team_url = "https://team.slack.com/"}};
  MemoryLedger ledger;
  MemoryReader reader{ledger};
  RecordingOutlet outlet{ledger};
  Instant now{std::chrono::seconds{1'700'000'000}};
  Brain brain;
  std::map<std::string, std::string>
      refusals;              // kind of effect ("CreateChannel", "Post:announcement") -> Slack's error
  std::vector<Effect> done;  // what was carried out, in order

  explicit Stage(Settings given = {})
      : settings(with_self(std::move(given))), brain{ledger, reader, outlet, settings, [this] { return now; }} {}

  static Settings with_self(Settings given) {
    given.self = {.user = "UVAKT", .bot_id = "BVAKT", .team_url = "https://team.slack.com/"};
    return given;
  }

  // One Inbound, now; then Slack carries out what follows.
  void give(InboundBody body, std::string key = {}) {
    brain.run_batch({inbound_of(std::move(body), std::move(key))});
    carry_out();
  }
  Inbound inbound_of(InboundBody body, std::string key = {}) {
    const auto id = key.empty() ? "e" + std::to_string(++envelopes_) : key;
    return {.at = now, .seed = 7, .dedupe_key = id, .connection = 1, .envelope_id = id, .body = std::move(body)};
  }
  void wait(Micros length) { now += length; }
  // Time passes, wake-ups fire when they are due.
  void pass(Micros length) {
    const auto until = now + length;
    while (const auto next = ledger.next_wake_up()) {
      if (*next > until) break;
      now = std::max(now, *next);
      fire();
    }
    now = until;
  }
  void fire() {
    for (const auto& wake : ledger.due(now)) {
      brain.run_batch({{.at = now, .body = inbound::Due{wake.key}}});
      carry_out();
    }
  }

  static inbound::Command typed(const std::string& text, const ChannelId& in, const UserId& by) {
    return {.command = "/incident",
            .text = text,
            .channel_name = "x",
            .reply = {.response_url = "https://hooks/r", .trigger_id = "t", .user = by, .channel = in}};
  }
  // What the command's ack said.
  std::string command(const std::string& text, const ChannelId& in = "C1", const UserId& by = "U1") {
    give(typed(text, in, by));
    const auto& answer = outlet.acks.back().answer;
    return answer ? answer->message.text : std::string{};
  }
  void press(const std::string& action, const std::string& value, const ChannelId& in = "C1", const UserId& by = "U1") {
    give(inbound::Press{.action = action,
                        .value = value,
                        .message_ts = {},
                        .view_id = {},
                        .reply = {.response_url = "https://hooks/p", .trigger_id = "t", .user = by, .channel = in}});
  }
  void submit(const std::string& callback, const std::string& context, std::map<std::string, std::string> values,
              const UserId& by = "U1") {
    give(inbound::Submission{
        callback, context, std::move(values), {.response_url = {}, .trigger_id = "t", .user = by, .channel = {}}});
  }
  // A message said a moment later; its ts.
  Ts say(const std::string& text, const ChannelId& in, const UserId& by = "U2") {
    now += std::chrono::seconds{1};
    const auto ts = to_ts(now);
    give(message(text, in, ts, by));
    return ts;
  }
  static inbound::Message message(const std::string& text, const ChannelId& in, const Ts& ts, const UserId& by = "U2") {
    inbound::Message m;
    m.channel = in;
    m.ts = ts;
    m.user = by;
    m.text = text;
    return m;
  }

  const Incident& incident(IncidentNumber number = 1) { return ledger.kept.incidents.at(number); }
  ChannelId channel(IncidentNumber number = 1) { return incident(number).channel.id; }
  std::vector<Entry>& entries(IncidentNumber number = 1) { return ledger.kept.entries[number]; }
  std::vector<Entry> entries_of(EntryKind kind, IncidentNumber number = 1) {
    auto out = entries(number);
    std::erase_if(out, [&](const Entry& entry) { return entry.kind != kind; });
    return out;
  }
  template <class Kind>
  std::vector<Kind> effects() const {
    std::vector<Kind> out;
    for (const auto& effect : done)
      if (const auto* body = std::get_if<Kind>(&effect.body)) out.push_back(*body);
    return out;
  }
  std::size_t posts_in(const std::string& channel, const std::string& purpose = {}) const {
    std::size_t count = 0;
    for (const auto& post : effects<effect::Post>())
      count += post.channel == channel && (purpose.empty() || post.purpose == purpose);
    return count;
  }

  // Runs the outbox as Slack would, until nothing is left.
  void carry_out() {
    while (!outlet.rows.empty()) {
      const auto rows = std::exchange(outlet.rows, {});
      for (const auto& row : rows) {
        if (is_for_flag_services(row.effect) || is_for_trello(row.effect)) {
          (is_for_trello(row.effect) ? for_trello : for_flag_services).push_back(row);
          continue;
        }
        done.push_back(row.effect);
        auto in = Inbound{.at = now, .outbox_id = row.id, .body = slack_does(row.effect)};
        brain.run_batch({std::move(in)});
      }
    }
  }

 private:
  static bool is_for_flag_services(const Effect& effect) {
    return std::holds_alternative<effect::ChangeFlag>(effect.body) ||
           std::holds_alternative<effect::StopFlag>(effect.body) ||
           std::holds_alternative<effect::ReadFlags>(effect.body);
  }
  static bool is_for_trello(const Effect& effect) { return lane(effect) == Lane::cards; }
  inbound::EffectDone slack_does(const Effect& effect) {
    inbound::EffectDone answer{.effect = effect, .ok = true};
    const auto refused = [&](const std::string& what) {
      const auto found = refusals.find(what);
      if (found == refusals.end()) return false;
      answer.ok = false;
      answer.error = found->second;
      return true;
    };
    if (const auto* create = std::get_if<effect::CreateChannel>(&effect.body)) {
      if (refused("CreateChannel")) return answer;
      if (!taken.insert(create->name).second) {
        answer.ok = false;
        answer.error = "name_taken";
        return answer;
      }
      answer.values = {{"channel", "CINC" + std::to_string(++channels_)}, {"name", create->name}};
    } else if (const auto* post = std::get_if<effect::Post>(&effect.body)) {
      if (refused("Post:" + post->purpose) || refused("Post:" + post->purpose + ":" + post->channel)) return answer;
      answer.values = {{"channel", post->channel == settings.announce_channel ? "CANN" : post->channel},
                       {"ts", to_ts(now + Micros{++posts_})}};
    } else if (const auto* look = std::get_if<effect::LookUpGroup>(&effect.body)) {
      const auto group = groups.find(look->group);
      answer.ok = group != groups.end();
      if (answer.ok)
        answer.values = {{"members", group->second}};
      else
        answer.error = "no_such_group";
    } else if (const auto* user = std::get_if<effect::LookUpUser>(&effect.body)) {
      answer.values = {{"name", "Kari"}};
      if (left.contains(user->user)) answer.values.emplace("left", "1");
    } else if (std::holds_alternative<effect::LookUpChannel>(effect.body)) {
      answer.values = {{"name", "ops"}};
    } else if (std::holds_alternative<effect::OpenModal>(effect.body)) {
      refused("OpenModal");
    } else if (std::holds_alternative<effect::UploadDocument>(effect.body)) {
      if (!refused("UploadDocument")) answer.values = uploaded;
    } else if (std::holds_alternative<effect::ShareFile>(effect.body)) {
      refused("ShareFile");
    } else if (std::holds_alternative<effect::FetchPage>(effect.body) && !refused("FetchPage")) {
      answer.messages = std::exchange(page, {});
      answer.threads = std::exchange(threads, {});
    }
    return answer;
  }

 public:
  std::set<std::string> taken;                  // channel names that exist
  std::map<std::string, std::string> groups;    // handle -> user ids, joined by commas
  std::vector<OutboxRow> for_flag_services;     // what waits for their answer
  std::vector<OutboxRow> for_trello;            // the same of Trello's
  std::map<std::string, std::string> uploaded;  // what an upload answers; nothing: a newer one took its place
  std::set<UserId> left;                        // who left the workspace
  std::vector<inbound::Message> page;           // what the next fetch brings
  std::vector<Ts> threads;                      // and its parents with new replies

 private:
  int envelopes_ = 0, channels_ = 0, posts_ = 0;
};

// An incident declared from C1 by U1, with its channel.
struct Declared : Stage {
  explicit Declared(const std::string& text = "declare sev1 Backend down", Settings given = {})
      : Stage(std::move(given)) {
    command(text);
  }
};

}  // namespace vakt::test
