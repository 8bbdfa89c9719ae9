// The links of a document's "Supporting information": each once, with a title that says what it leads to. Pure.
#pragma once

#include <string>
#include <vector>

#include "bot/record/record.hpp"
#include "bot/settings.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt::postmortem {

struct Link {
  std::string title, url;
  bool given = false;  // by /incident link
};

// From /incident link, the fields and what stands on the timeline, in this order; without the action items' cards,
// which stand in a section of their own.
std::vector<Link> links(const Record&, const Settings&, Language);

// What a link without a title leads to: a pull request, a dashboard, a card, a message in Slack; else where it is.
std::string title_of(const std::string& url, const Names& names, const std::string& zone, Language);

}  // namespace vakt::postmortem
