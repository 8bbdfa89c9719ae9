// Any order of what people and Slack can do, through a brain with a ledger in memory: nothing is set aside, everything
// is acknowledged once and only after its commit, the stored state is what a replay of the stored events gives, and
// the record keeps its promises.
#include <algorithm>
#include <set>
#include <utility>

#include "bot/view/incident_view.hpp"
#include "storage/codec.hpp"
#include "tests/bot/brain/stage.hpp"
#include "tests/fuzz/bytes.hpp"

namespace {

using namespace vakt;
using namespace std::chrono_literals;
using fuzz::Bytes;
using fuzz::require;

constexpr int most_steps = 150;
constexpr std::size_t text_parts = 12;

bool is_utf8(const std::string& text) {
  return storage::encode(std::vector<Version>{{{}, text}}).find("\uFFFD") == std::string::npos;
}

bool pings(const std::string& mrkdwn) {
  return std::ranges::any_of(std::to_array({"<!channel", "<!here", "<!everyone", "<!subteam"}),
                             [&](const char* ping) { return mrkdwn.find(ping) != std::string::npos; });
}

void check_blocks(const std::vector<view::Block>& blocks) {
  for (const auto& block : blocks) {
    if (const auto* section = std::get_if<view::Section>(&block)) require(!pings(section->text));
    if (const auto* context = std::get_if<view::Context>(&block)) require(!pings(context->text));
  }
}

void check_message(const view::Message& message) {
  require(!pings(message.text));
  check_blocks(message.blocks);
}

struct Play : test::Stage {
  explicit Play(const std::uint8_t* data, std::size_t size) : in{data, size} { ledger.undoes = false; }

  Bytes in;
  std::vector<Ts> said{"1700000000.000100", "1700000000.000200"};
  std::set<ChannelId> archived;  // at some time: another incident may have taken the channel meanwhile

  ChannelId any_channel() {
    static constexpr auto known = std::to_array<std::string_view>({"C1", "C2", "CANN", ""});
    if (in.flag() && !ledger.kept.incidents.empty())
      return channel(static_cast<IncidentNumber>(in.next() % ledger.kept.incidents.size() + 1));
    return std::string{in.of(known)};
  }
  UserId any_user() {
    static constexpr auto known = std::to_array<std::string_view>({"U1", "U2", "W3", "UVAKT", ""});
    return std::string{in.of(known)};
  }
  Ts any_ts() { return said[in.next() % said.size()]; }
  std::string any_number() { return std::to_string(in.next() % 5); }
  inbound::ReplyTo any_reply() {
    return {.response_url = in.flag() ? "https://hooks/r" : "",
            .trigger_id = "t",
            .user = any_user(),
            .channel = any_channel()};
  }
  inbound::Message any_message() {
    auto m = message(in.text(text_parts), any_channel(), any_ts(), any_user());
    const auto more = in.next();
    if (more & 1) m.edited_ts = any_ts();
    if (more & 2) m.thread_ts = any_ts();
    if (more & 4) m.bot_id = "B1";
    if (more & 8) m.fallback = in.text(text_parts);
    if (more & 16) m.files = {{"F1", in.text(2), "https://files/1"}};
    return m;
  }

  std::string any_command() {
    static constexpr auto words = std::to_array<std::string_view>({"declare",
                                                                   "declare here",
                                                                   "declare sev1 here",
                                                                   "test",
                                                                   "update",
                                                                   "severity sev1",
                                                                   "severity",
                                                                   "lead",
                                                                   "lead <@U2>",
                                                                   "role scribe <@U1>",
                                                                   "status identified",
                                                                   "status resolved",
                                                                   "team",
                                                                   "note",
                                                                   "note 09:20",
                                                                   "note ~-10m",
                                                                   "note 2026-11-21 09:20",
                                                                   "mark down",
                                                                   "mark up",
                                                                   "mark fixed -99999h",
                                                                   "mark end 23:59",
                                                                   "resolve",
                                                                   "reopen",
                                                                   "cancel",
                                                                   "list",
                                                                   "who",
                                                                   "timeline",
                                                                   "help",
                                                                   "summary",
                                                                   "link",
                                                                   ""});
    const std::string number = in.flag() ? any_number() + " " : "";
    return number + std::string{in.of(words)} + " " + in.text(text_parts);
  }
  std::string any_value() {
    static constexpr auto chosen = std::to_array<std::string_view>(
        {"", ":sev1", ":sev4", ":monitoring", ":downtime_start", ":downtime_end", ":x"});
    if (in.next() % 4 == 0) return in.text(text_parts);
    return any_number() + std::string{in.of(chosen)};
  }
  std::string any_action() {
    namespace action = view::action;
    static constexpr auto all = std::to_array<std::string_view>(
        {action::update, action::severity, action::phase, action::take_lead, action::note, action::mark, action::field,
         action::resolve, action::reopen, action::cancel, action::timeline, action::tray, action::join, action::declare,
         action::declare_anyway, action::snooze, action::stop, action::add_to_timeline, action::declare_shortcut});
    return std::string{in.of(all)};
  }
  inbound::Submission any_form() {
    inbound::Submission form{.callback = any_action(), .context = any_value(), .values = {}, .reply = any_reply()};
    if (form.callback == view::action::add_to_timeline) form.context = write_alert_of(any_message());
    form.values = {{"title", in.text(text_parts)}, {"text", in.text(text_parts)}, {"incident", any_number()}};
    if (in.flag()) form.values["time"] = "09:20";
    if (in.flag()) form.values["field"] = "impact";
    return form;
  }
  // As write_alert spells it: channel, ts, user, bot id, bot name, text.
  static std::string write_alert_of(const inbound::Message& m) {
    return m.channel + "\n" + m.ts + "\n" + m.user + "\n" + m.bot_id + "\n\n" + m.text;
  }

  void arrives(InboundBody body) {
    const auto before = outlet.acks.size();
    brain.run_batch({inbound_of(std::move(body))});
    require(outlet.acks.size() == before + 1);
    if (outlet.acks.back().answer) check_message(outlet.acks.back().answer->message);
  }

  void step() {
    now += 1s;
    switch (in.next() % 20) {
      case 0:
      case 1:
      case 2:
      case 3: {
        const auto text = any_command();
        return arrives(typed(text, any_channel(), any_user()));
      }
      case 4:
      case 5: {
        inbound::Press press{
            .action = any_action(), .value = any_value(), .message_ts = any_ts(), .view_id = {}, .reply = {}};
        press.reply = any_reply();
        return arrives(std::move(press));
      }
      case 6:
        return arrives(any_form());
      case 7: {
        inbound::Shortcut shortcut{.callback = any_action(), .message = any_message(), .reply = {}};
        shortcut.reply = any_reply();
        return arrives(std::move(shortcut));
      }
      case 8:
        said.push_back(to_ts(now));
        return arrives(any_message());
      case 9:
        return arrives(any_message());
      case 10:
        return arrives(inbound::MessageChanged{any_message(), to_ts(now)});
      case 11:
        return arrives(inbound::MessageDeleted{any_channel(), any_ts(), to_ts(now)});
      case 12:
        return arrives(inbound::Reaction{in.flag(), any_channel(), any_ts(), any_user(), "pushpin"});
      case 13:
        return arrives(inbound::Pin{in.flag(), any_channel(), any_ts(), any_user()});
      case 14:
        return in.flag() ? arrives(inbound::Member{in.flag(), any_channel(), any_user(), to_ts(now)})
                         : arrives(inbound::ChannelRenamed{any_channel(), "renamed"});
      case 15: {
        const auto channel = any_channel();
        archived.insert(channel);
        return arrives(inbound::ChannelArchived{channel, in.flag()});
      }
      case 16:
        brain.run_batch({{.at = now, .body = inbound::Online{in.flag() ? now - 1min * in.next() : Instant{}}}});
        return arrives(inbound::HomeOpened{any_user()});
      case 17:
        refusals.clear();
        if (in.flag()) refusals["CreateChannel"] = in.flag() ? "name_taken" : "restricted_action";
        if (in.flag()) refusals["Post:announcement"] = "not_in_channel";
        if (in.flag()) refusals["FetchPage"] = "fatal_error";
        return;
      case 18:
        page = {any_message(), any_message()};
        return;
      default:
        return pass(in.flag() ? 1min * in.next() : 24h * (in.next() % 16));
    }
  }

  void check_incident(const Incident& state) {
    const auto& events = ledger.kept.events[state.number];
    require(replay(events) == state);
    require(storage::decode_incident(storage::encode(state)) == state);
    std::int64_t seq = 0;
    std::set<std::pair<ChannelId, Ts>> seen;
    for (const auto& entry : entries(state.number)) {
      require(entry.seq == ++seq && entry.incident == state.number);
      require(is_utf8(entry.text));
      if (!entry.slack) continue;
      require(seen.emplace(entry.slack->channel, entry.slack->ts).second);
      require(to_ts(entry.at) == entry.slack->ts);
      require(std::ranges::is_sorted(entry.versions, {}, &Version::at));
      if (!entry.deleted_at || ledger.kept.wake_ups.contains("erase:" + entry.slack->channel + ":" + entry.slack->ts))
        continue;
      require(entry.text.empty() && entry.slack->text.empty() && entry.versions.empty() && entry.files.empty());
    }
  }

  void check() {
    require(!outlet.early && ledger.kept.quarantined.empty());
    std::set<ChannelId> bound;
    IncidentNumber number = 0;
    for (const auto& [key, state] : ledger.kept.incidents) {
      require(key == state.number && key == ++number);
      // A channel serves one open incident; one that is over leaves it to the next.
      if (state.status == Status::open && !state.channel.id.empty() && !archived.contains(state.channel.id))
        require(bound.insert(state.channel.id).second);
    }
  }

  void check_records() {
    for (const auto& [number, state] : ledger.kept.incidents) check_incident(state);
  }

  void check_effects() {
    for (const auto& effect : done) {
      const auto bytes = storage::encode(effect);
      require(storage::encode(storage::decode_effect(bytes)) == bytes);
      require(is_utf8(bytes));
      std::visit(
          []<class Body>(const Body& body) {
            if constexpr (requires { body.message; }) check_message(body.message);
            if constexpr (requires { body.blocks; }) check_blocks(body.blocks);
          },
          effect.body);
    }
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Play play{data, size};
  for (int steps = 0; steps < most_steps && play.in.size > 0; ++steps) {
    play.step();
    if (play.in.next() % 8 != 0) play.carry_out();  // now and then what was decided is still on its way
    play.check();
  }
  play.carry_out();
  play.check();
  play.check_records();
  play.check_effects();
  return 0;
}
