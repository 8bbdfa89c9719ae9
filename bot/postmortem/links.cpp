#include "bot/postmortem/links.hpp"

#include <algorithm>
#include <set>

#include "bot/actions/card_link.hpp"
#include "bot/postmortem/curated_timeline.hpp"
#include "bot/texts/document_texts.hpp"
#include "bot/texts/markdown_text.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"

namespace vakt::postmortem {

namespace {

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = std::min(text.find(at), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

// "kari/shop#298" of GitHub, GitLab and whatever looks like them; empty where it is none.
std::string pull_request(const std::vector<std::string>& path) {
  for (std::size_t i = 1; i + 1 < path.size(); ++i) {
    const auto& word = path[i];
    if ((word != "pull" && word != "pr" && word != "merge_requests" && word != "pull-requests") ||
        !is_number(path[i + 1]))
      continue;
    std::string project;
    for (std::size_t p = 0; p < i; ++p)
      if (path[p] != "-") project += (project.empty() ? "" : "/") + path[p];
    return project + "#" + path[i + 1];
  }
  return {};
}

bool is_dashboard(const std::string& host, const std::vector<std::string>& path) {
  for (const std::string_view name : {"grafana", "kibana", "datadoghq.", "newrelic.", "sentry.", "prometheus"})
    if (host.find(name) != std::string::npos) return true;
  return !path.empty() && (path[0] == "d" || path[0] == "dashboard" || path[0] == "dashboards" || path[0] == "kibana");
}

// When a message was said, of the last part of its permalink: "p1650447510612329".
std::string said_at(const std::string& part, const std::string& zone) {
  if (part.size() != 17 || part[0] != 'p' || !is_number(part.substr(1))) return {};
  const auto at = from_ts(part.substr(1, 10) + "." + part.substr(11));
  return at ? date_and_time(*at, zone) : std::string{};
}

class Collected {
 public:
  Collected(const Record& record, const Settings& settings, Language language)
      : names_(record.names), zone_(zone_of(record.incident, settings)), language_(language) {
    for (const auto& item : record.items)
      if (item.card) cards_.insert(item.card->short_link);
  }

  void add(const Piece& piece) {
    const auto card = action::short_link_in(piece.url);
    if (piece.url.empty() || (card && cards_.contains(*card)) || !seen_.insert(piece.url).second) return;
    add_found(piece.words.empty() ? title_of(piece.url, names_, zone_, language_) : piece.words, piece.url);
  }
  void add_text(const std::string& mrkdwn) {
    for (const auto& piece : linked_pieces(mrkdwn, names_)) add(piece);
  }
  // "URL" or "URL TEXT", as /incident link takes it.
  void add_link(const std::string& mrkdwn) {
    auto all = linked_pieces(mrkdwn, names_);
    const auto first = std::ranges::find_if(all, [](const Piece& piece) { return !piece.url.empty(); });
    if (first == all.end()) return add_words(all);
    std::string rest;
    for (auto piece = first + 1; piece != all.end(); ++piece) rest += piece->words;
    if (first->words.empty()) first->words = tidy(rest);
    add(*first);
  }
  // "runbook, page 3": no address, and told all the same.
  void add_words(const std::vector<Piece>& pieces) {
    std::string words;
    for (const auto& piece : pieces) words += piece.words;
    words = tidy(words);
    if (!words.empty() && seen_.insert(words).second) add_found(words, {});
  }
  void end_of_given() { given_ = false; }
  std::vector<Link> take() { return std::move(found_); }

 private:
  void add_found(std::string title, std::string url) { found_.push_back({std::move(title), std::move(url), given_}); }

  const Names& names_;
  std::string zone_;
  Language language_;
  std::set<std::string> seen_, cards_;
  std::vector<Link> found_;
  bool given_ = true;
};

}  // namespace

std::string title_of(const std::string& url, const Names& names, const std::string& zone, Language language) {
  const auto& t = document_texts(language);
  if (url.find("://") == std::string::npos) return url;
  const auto from = url.find("://") + 3;
  const auto rest = std::string_view{url}.substr(from, std::min(url.find_first_of("?#", from), url.size()) - from);
  auto path = split(rest, '/');
  if (path.empty()) return url;
  const auto host = path.front();
  path.erase(path.begin());
  if (const auto request = pull_request(path); !request.empty()) return fill(t.pull_request, {request});
  if (const auto card = action::short_link_in(url)) return fill(t.card, {*card});
  if (host.ends_with("slack.com") && path.size() >= 3 && path[0] == "archives")
    if (const auto when = said_at(path[2], zone); !when.empty()) {
      const auto channel = names.find(path[1]);
      return channel == names.end() ? fill(t.slack_message, {when}) : fill(t.slack_message_in, {when, channel->second});
    }
  if (is_dashboard(host, path)) return fill(t.dashboard, {host});
  return std::string{rest};
}

std::vector<Link> links(const Record& record, const Settings& settings, Language language) {
  Collected collected{record, settings, language};
  for (const auto& entry : record.entries)
    if (entry.kind == EntryKind::field && entry.detail == "link" && !entry.deleted_at) collected.add_link(entry.text);
  collected.end_of_given();
  for (const auto& entry : record.entries)
    if (entry.kind == EntryKind::field && entry.detail != "link" && !entry.deleted_at) collected.add_text(entry.text);
  for (const auto& entry : record.entries) {
    if (!is_shown(entry) || entry.kind == EntryKind::action) continue;
    collected.add_text(shown_text(entry));
    for (const auto& file : entry.files) collected.add({.words = file.name, .url = file.url});
  }
  return collected.take();
}

}  // namespace vakt::postmortem
