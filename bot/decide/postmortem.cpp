// From "/incident postmortem" to a document in the incident's channel.
#include <algorithm>

#include "bot/decide/postmortem_turn.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/postmortem_texts.hpp"
#include "bot/view/postmortem_view.hpp"

namespace vakt {

namespace {

const PostmortemTexts& words(const Turn& turn) { return postmortem_texts(turn.settings.language); }

// "12:oslo:C123": the form's submission says neither the template nor where it was opened.
std::string form_context(const Incident& incident, const std::string& document, const ChannelId& asked_in) {
  const bool direct = asked_in.starts_with('D');  // of a reminder: nothing there can be for one person alone
  return std::to_string(incident.number) + ":" + document + ":" + (direct ? incident.channel.id : asked_in);
}
struct FormContext {
  std::string document;
  ChannelId asked_in;
};
FormContext read_context(const std::string& context) {
  const auto first = std::min(context.find(':'), context.size());
  const auto second = std::min(context.find(':', first + 1), context.size());
  FormContext out;
  if (first < context.size()) out.document = context.substr(first + 1, second - first - 1);
  if (second < context.size()) out.asked_in = context.substr(second + 1);
  return out;
}

std::string usual_document(const Turn& turn) { return turn.settings.postmortem.document(turn.settings.language); }

void order_document(Turn& turn, const inbound::ReplyTo& asked, const std::string& document) {
  turn.effect(effect::UploadDocument{.channel = turn.incident()->channel.id,
                                     .document = document,
                                     .asker = asked.user,
                                     .asked_in = asked.channel,
                                     .response_url = asked.response_url});
}

void tell_failure(Turn& turn, const std::string& document, const inbound::ReplyTo& asker,
                  const inbound::EffectDone& done) {
  const auto why = done.values.find("why");
  auto reason =
      why != done.values.end() ? escaped(why->second) : std::string{why_not_uploaded(words(turn), done.error)};
  if (reason.empty()) reason = why_shown(turn.text, done.error == "expired" ? "no answer" : done.error);
  const auto number = std::to_string(done.effect.incident);
  auto to = asker;
  if (!can_be_told(to) && turn.incident()) to.channel = turn.incident()->channel.id;
  tell(turn, to,
       view::sentence(fill(
           words(turn).not_uploaded,
           {reason, number, document, turn.settings.incident_command + " " + number + " postmortem " + document})));
}

}  // namespace

void write_postmortem(Turn& turn, const Request& request, std::string document) {
  const auto& incident = *turn.incident();
  const auto number = std::to_string(incident.number);
  if (incident.channel.id.empty()) return refuse(turn, request, fill(turn.text.not_bound_yet, {number}));
  want_postmortem(turn, request.reply.user);
  if (document.empty()) document = usual_document(turn);
  if (!view::fields_missing(turn.settings, document, turn.facts.fields).empty())
    return open_modal(turn, request,
                      view::postmortem_form(turn.settings, incident, document, turn.facts.fields,
                                            form_context(incident, document, request.reply.channel)));
  order_document(turn, request.reply, document);
  answer(turn, request, view::sentence(fill(words(turn).writing, {number})));
}

std::string not_shown_in_documents(const Turn& turn, const std::string& field) {
  const auto document = usual_document(turn);
  if (view::shows_field(turn.settings, document, field)) return {};
  return fill(words(turn).field_not_shown, {escaped(document), field});
}

void submit_postmortem(Turn& turn, const inbound::Submission& form) {
  const auto [document, asked_in] = read_context(form.context);
  for (const auto& field : view::fields_asked(turn.settings, document))
    if (const auto text = value_of(form, field.c_str()); !text.empty())
      turn.record(EntryKind::field, field, form.reply.user, escaped(text), false);
  order_document(turn, {.user = form.reply.user, .channel = asked_in}, document);
}

void decide_document_uploaded(Turn& turn, const effect::UploadDocument& asked, const inbound::EffectDone& done) {
  if (!turn.incident()) return;
  const auto value = [&](const char* key) {
    const auto found = done.values.find(key);
    return found == done.values.end() ? std::string{} : found->second;
  };
  if (!done.ok)
    return tell_failure(turn, asked.document,
                        {.response_url = asked.response_url, .user = asked.asker, .channel = asked.asked_in}, done);
  if (value("file").empty()) return;  // a newer order took its place
  turn.effect(effect::ShareFile{.channel = asked.channel,
                                .file = value("file"),
                                .title = value("title"),
                                .comment = value("comment"),
                                .document = asked.document,
                                .asker = asked.asker,
                                .asked_in = asked.asked_in,
                                .response_url = asked.response_url});
}

void decide_file_shared(Turn& turn, const effect::ShareFile& shared, const inbound::EffectDone& done) {
  if (!turn.incident()) return;
  if (!done.ok)
    return tell_failure(turn, shared.document,
                        {.response_url = shared.response_url, .user = shared.asker, .channel = shared.asked_in}, done);
  turn.record(EntryKind::system, "postmortem", shared.asker, fill(words(turn).entry_uploaded, {shared.document}),
              false);
}

}  // namespace vakt
