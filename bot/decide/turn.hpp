// One decision in the making: gathers what is decided, and keeps the posts about an incident true to its state.
#pragma once

#include <utility>

#include "bot/command/command.hpp"
#include "bot/decide/decide.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt {

class Turn {
 public:
  Turn(const Inbound& in, const Facts& known, const Settings& config)
      : at(in.at),
        envelope_id(in.envelope_id),
        seed(in.seed),
        facts(known),
        settings(config),
        text(texts(config.language)) {}

  const Instant at;
  const std::string envelope_id;  // empty where nobody waits for an acknowledgement
  const std::uint64_t seed;
  const Facts& facts;
  const Settings& settings;
  const Texts& text;
  Decision out;

  // The incident that this turn is about, with this turn's events applied.
  const Incident* incident() const {
    if (changed_) return &*changed_;
    return facts.incident ? &*facts.incident : nullptr;
  }
  void take(Incident incident) { changed_ = std::move(incident); }
  // The named message's entry in this incident's record.
  const Entry* entry() const;

  void emit(EventBody body, const UserId& actor);
  // An entry of our own about the incident.
  void record(EntryKind kind, std::string detail, const UserId& actor, std::string text_of_entry,
              bool on_timeline = true);
  void add(Entry entry);
  void effect(EffectBody body);
  void post(view::Message message, std::string purpose);  // in the incident's channel
  void want_names(const UserId& actor, const std::string& slack_text);
  // Under a new key, or the one it has already. Returns the key.
  std::string keep(Draft draft, std::string key = {});

  // Headline, topic, announcement, reminder and EVENT END follow the state: called once, at the end.
  Decision finish();

 private:
  void follow_state(const Incident& before, const Incident& after);

  std::optional<Incident> changed_;  // the one that is known, from the first event on; or one that was taken
};

// What a person asked for, and where the answer goes.
struct Request {
  inbound::ReplyTo reply;
  enum class Way { command, press, form } way = Way::command;
  std::string draft{};  // key of the draft that a form was opened for
};

void answer(Turn&, const Request&, view::Message);
// Said in the incident's channel, and to whoever asked for it from another one. Needs the incident.
void say(Turn&, const Request&, view::Message, const char* purpose);
// The answer comes with the result of an effect of this turn; `meanwhile` is said if that takes long.
void answer_follows(Turn&, const Request&, view::Message meanwhile);
// To somebody whose ack is long gone: by response_url, else as an ephemeral message.
void tell(Turn&, const inbound::ReplyTo&, view::Message);
bool can_be_told(const inbound::ReplyTo&);
void refuse(Turn&, const Request&, const std::string& why);
void refuse(Turn&, const Request&, view::Message why);
void audit_refused(Turn&);  // where the refusal itself is shown some other way
// A typed command begins: it is audited as done until it is refused.
Request begin_command(Turn&, const inbound::Command&);
// Why it was not understood, with the right form; slash: the command's own name.
std::string explained(const Turn&, const CommandError&, const std::string& slash);
// The home as it is once this turn is committed.
void show_home(Turn&, const UserId&);
std::int64_t leading_number(std::string_view);  // 0: none
// What was put into a form's block, without control characters; "" where nothing was.
std::string value_of(const inbound::Submission&, const char* block);
void form_error(Turn&, const char* block, std::string_view sentence);
void open_modal(Turn&, const Request&, view::Modal);

// The steps, by what arrived. Each is a file.
void decide_message(Turn&, const inbound::Message&);
void decide_edit(Turn&, const inbound::MessageChanged&);
void decide_deletion(Turn&, const inbound::MessageDeleted&);
void decide_reaction(Turn&, const inbound::Reaction&);
void decide_pin(Turn&, const inbound::Pin&);
void decide_member(Turn&, const inbound::Member&);
void decide_command(Turn&, const inbound::Command&);
void decide_press(Turn&, const inbound::Press&);
void decide_shortcut(Turn&, const inbound::Shortcut&);
void decide_submission(Turn&, const inbound::Submission&);
void decide_due(Turn&, const inbound::Due&);
void decide_done(Turn&, const inbound::EffectDone&);
void decide_online(Turn&, const inbound::Online&);

// The month's figures (month_summary.cpp).
inline constexpr const char* month_summary_key = "month_summary";  // of its wake-up, and of the last month told
void start_month_summary(Turn&);
void decide_month_summary(Turn&);

// Declaring, shared by the command, the form and the shortcut.
void declare(Turn&, const Request&, const Draft&);
void open_declare_form(Turn&, const Request&, const std::string& title, std::optional<inbound::Message>);
// previous: the incident that recorded the channel until now.
void bind_channel(Turn&, const ChannelRef&, const inbound::ReplyTo&, const Incident* previous);
view::Message opened(const Turn&);
// Puts a message on the incident's timeline, with all that it holds.
void add_to_timeline(Turn&, const inbound::Message&);

// What people can do to an incident, shared by commands and taps.
void set_severity(Turn&, const Request&, Severity);
void set_phase(Turn&, const Request&, Phase);
void assign_role(Turn&, const Request&, const std::string& role, const UserId& user);
void set_team(Turn&, const Request&, const std::string& team);
void set_field(Turn&, const Request&, const std::string& field, const std::string& text);
void give_update(Turn&, const Request&, const std::string& text);
void take_note(Turn&, const Request&, std::optional<std::pair<Instant, bool>> when_and_approximate,
               const std::string& text);
void set_marker(Turn&, const Request&, Marker, MarkerTime);
void set_own_end(Turn&);  // EVENT END, some minutes after DOWNTIME END, where it is time for it
void resolve(Turn&, const Request&, const std::string& text);
void reopen(Turn&, const Request&, const std::string& text);
void cancel(Turn&, const Request&, const std::string& reason);
Entry entry_of(const Turn&, const inbound::Message&);

}  // namespace vakt
