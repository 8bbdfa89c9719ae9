// Slack's error codes as sentences for people: what happened, and what to do.
#include <array>

#include "integrations/slack/slack_api.hpp"

namespace vakt {
namespace {

struct Known {
  std::string_view error, sentence;
};

constexpr auto known = std::to_array<Known>({
    {"invalid_auth",
     "Slack does not accept vakt's bot token. Copy the Bot User OAuth Token (xoxb-…) from the app's page again and "
     "restart vakt."},
    {"not_authed", "Slack got no bot token from vakt. Set the Bot User OAuth Token (xoxb-…) and restart vakt."},
    {"account_inactive", "vakt's bot user has been switched off. Install the app in the workspace again."},
    {"token_revoked",
     "vakt's bot token has been revoked. Install the app in the workspace again and set the new token."},
    {"token_expired",
     "vakt's bot token has expired. Turn token rotation off for the app, install it again and set the new token."},
    {"restricted_action", "A setting of the workspace forbids this to apps. Ask a workspace admin to allow it."},
    {"channel_not_found",
     "Slack knows no such channel, or vakt cannot see it. If it is private, invite vakt to it: /invite @vakt."},
    {"not_in_channel", "vakt is not a member of that channel. Invite it: /invite @vakt."},
    {"is_archived", "The channel is archived. Unarchive it, then try again."},
    {"ratelimited", "Slack asked vakt to slow down. It will try again by itself."},
    {"name_taken", "A channel of that name exists already. Choose another name."},
    {"cannot_create_channel", "vakt may not create channels here. Ask a workspace admin to allow it."},
    {"user_not_found", "Slack knows no such user."},
    {"user_not_in_channel", "That user is not in the channel, so vakt cannot answer there. Join it and try again."},
    {"user_is_restricted", "That user is a guest and may not do this. Ask a workspace admin."},
    {"cant_invite", "Slack does not let vakt invite that user. Invite them by hand."},
    {"group_not_found", "Slack knows no user group with that handle. Check it, without the @."},
    {"plan_upgrade_required", "This workspace's plan has no user groups. Name the users instead."},
    {"message_not_found", "That message is no longer there."},
    {"cant_update_message", "Slack does not let vakt edit that message: somebody else posted it."},
    {"edit_window_closed", "A setting of the workspace forbids editing messages of that age."},
    {"too_many_pins", "The channel has as many pins as Slack allows. Remove one, then pin the message by hand."},
    {"too_many_bookmarks", "The channel has as many bookmarks as Slack allows. Remove one, then add it by hand."},
    {"msg_too_long", "The message is longer than Slack allows. Shorten it."},
    {"expired", "Slack's time for an answer ran out. Please try again."},
    {"expired_trigger_id", "Slack's three seconds for opening a form ran out. Please try again."},
    {"not_enabled", "The Home tab is switched off for the app. Turn it on at the app's page, App Home."},
    {"org_login_required", "The workspace is being moved to an organization. Try again later."},
});

}  // namespace

std::string sentence_for(const std::string& error, const std::string& method, const std::string& needed) {
  if (error == "missing_scope")
    return "vakt's app lacks the permission " + (needed.empty() ? "for " + method : "'" + needed + "' for " + method) +
           ". Add it under OAuth & Permissions at the app's page, or paste the manifest again, then reinstall the app.";
  for (const Known& one : known)
    if (one.error == error) return std::string(one.sentence);
  if (error.find(' ') != std::string::npos) return error;
  return "Slack refused " + method + ": " + error + ". See docs.slack.dev/reference/methods/" + method + ".";
}

}  // namespace vakt
