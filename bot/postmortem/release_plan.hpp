// The release plan of a rollout, written from its record through a template: VA.gov's, or the team's own. Pure.
#pragma once

#include "bot/postmortem/document.hpp"
#include "bot/postmortem/values.hpp"
#include "bot/rollouts/rollout.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt::postmortem {

// What a rollout gives to templates. Text is Markdown. zone: of its days.
Values release_plan_values(const rollout::Rollout&, const Names&, const std::string& zone, Language);

// Error: the template's file, the line, and what is wrong.
Result<Document> write_release_plan(const rollout::Rollout&, const Names&, const Template&, const Settings&);

}  // namespace vakt::postmortem
