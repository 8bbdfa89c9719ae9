#include <gmock/gmock.h>

#include "bot/view/incident_view.hpp"
#include "bot/view/postmortem_view.hpp"
#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::vector<std::string> asked(const view::Modal& modal) {
  std::vector<std::string> blocks;
  for (const auto& block : modal.blocks)
    if (const auto* input = std::get_if<view::Input>(&block)) blocks.push_back(input->block);
  return blocks;
}

// What stands in a modal besides its inputs.
std::string shown(const view::Modal& modal) {
  std::string out;
  for (const auto& block : modal.blocks) {
    if (const auto* section = std::get_if<view::Section>(&block)) out += section->text + "\n";
    if (const auto* context = std::get_if<view::Context>(&block)) out += context->text + "\n";
  }
  return out;
}

std::string told(Stage& stage) {
  const auto responses = stage.effects<effect::Respond>();
  return responses.empty() ? std::string{} : responses.back().message.text;
}

void fill_all(Stage& stage) {
  for (const auto* field : {"summary", "impact", "cause", "solution", "well", "wrong", "mitigation"})
    stage.command(std::string{field} + " known " + field, "CINC1");
}

TEST(PostmortemTurn, AsksInOneFormForWhatTheTemplateWantsAndNobodyHasSaid) {
  Declared stage;
  stage.command("summary Everything was <!channel> down", "CINC1");
  stage.command("mark down", "CINC1");
  stage.command("postmortem", "CINC1", "U3");
  ASSERT_THAT(stage.effects<effect::OpenModal>(), SizeIs(1));
  const auto modal = stage.effects<effect::OpenModal>().back().modal;
  EXPECT_THAT(asked(modal), ElementsAre("impact", "cause", "solution", "well", "wrong", "mitigation"));
  EXPECT_THAT(shown(modal), HasSubstr("Everything was"));
  EXPECT_THAT(shown(modal), Not(HasSubstr("<!channel>")));
  EXPECT_THAT(shown(modal), HasSubstr("DOWNTIME START"));
  EXPECT_THAT(stage.effects<effect::UploadDocument>(), IsEmpty());
}

TEST(PostmortemTurn, AnOwnTemplateIsAskedForWhatItNames) {
  Settings settings;
  settings.postmortem.fields["oslo"].asked = {"learned", "affected"};
  Declared stage{"declare sev1 Backend down", settings};
  stage.command("postmortem", "CINC1");
  const auto modal = stage.effects<effect::OpenModal>().back().modal;
  EXPECT_THAT(asked(modal), ElementsAre("learned", "affected"));
  stage.submit(modal.callback, modal.context, {{"learned", "a"}, {"affected", "b"}, {"impact", "not asked"}}, "U3");
  ASSERT_THAT(stage.entries_of(EntryKind::field), SizeIs(2));
  stage.command("postmortem", "CINC1");
  EXPECT_THAT(stage.effects<effect::UploadDocument>(), SizeIs(2)) << "nothing is missing any more";
}

TEST(PostmortemTurn, ItsAnswersAreFieldsOfTheRecordAndBlanksAreNot) {
  Declared stage;
  stage.command("postmortem nav", "CINC1");
  const auto modal = stage.effects<effect::OpenModal>().back().modal;
  stage.submit(modal.callback, modal.context, {{"summary", "It was <down>"}, {"impact", "  "}, {"well", "a\nb"}}, "U3");
  const auto fields = stage.entries_of(EntryKind::field);
  ASSERT_THAT(fields, SizeIs(2));
  EXPECT_EQ(fields[0].detail, "summary");
  EXPECT_EQ(fields[0].text, "It was &lt;down&gt;");
  EXPECT_EQ(fields[0].actor, "U3");
  EXPECT_FALSE(fields[0].on_timeline);
  EXPECT_EQ(fields[1].detail, "well");
  const auto uploads = stage.effects<effect::UploadDocument>();
  ASSERT_THAT(uploads, SizeIs(1));
  EXPECT_EQ(uploads[0].document, "nav");
  EXPECT_EQ(uploads[0].channel, "CINC1");
  EXPECT_EQ(uploads[0].asker, "U3");
  EXPECT_EQ(uploads[0].asked_in, "CINC1");
}

TEST(PostmortemTurn, NothingMissingNeedsNoForm) {
  Declared stage;
  fill_all(stage);
  EXPECT_THAT(stage.command("postmortem", "CINC1"), HasSubstr("Writing"));
  EXPECT_THAT(stage.effects<effect::OpenModal>(), IsEmpty());
  ASSERT_THAT(stage.effects<effect::UploadDocument>(), SizeIs(1));
  EXPECT_EQ(stage.effects<effect::UploadDocument>()[0].document, "oslo");
}

TEST(PostmortemTurn, TheTemplateFollowsTheLanguageUnlessTheConfigurationSaysOtherwise) {
  EXPECT_EQ(PostmortemSettings{}.document(Language::nb), "nav");
  EXPECT_EQ(PostmortemSettings{}.document(Language::en), "oslo");
  EXPECT_EQ(PostmortemSettings{.chosen = "oslo"}.document(Language::nb), "oslo");
}

TEST(PostmortemTurn, TheFileIsShownOnceItsBytesAreThereAndThenStandsInTheRecord) {
  Declared stage;
  fill_all(stage);
  stage.uploaded = {{"file", "F7"}, {"title", "Post-mortem 1"}, {"comment", "written"}};
  stage.command("postmortem", "CINC1", "U3");
  const auto shared = stage.effects<effect::ShareFile>();
  ASSERT_THAT(shared, SizeIs(1));
  EXPECT_EQ(shared[0].file, "F7");
  EXPECT_EQ(shared[0].comment, "written");
  EXPECT_EQ(shared[0].channel, "CINC1");
  const auto entry = stage.entries_of(EntryKind::system).back();
  EXPECT_EQ(entry.detail, "postmortem");
  EXPECT_EQ(entry.actor, "U3");
  EXPECT_FALSE(entry.on_timeline);
}

TEST(PostmortemTurn, AnOrderWhosePlaceANewerOneTookShowsNothing) {
  Declared stage;
  fill_all(stage);
  stage.command("postmortem", "CINC1");
  EXPECT_THAT(stage.effects<effect::ShareFile>(), IsEmpty());
}

TEST(PostmortemTurn, WhoeverAskedIsToldWhyItFailedAndWhatToDo) {
  Declared stage;
  fill_all(stage);
  stage.refusals["UploadDocument"] = "file_uploads_disabled";
  stage.command("postmortem", "CINC1");
  EXPECT_THAT(told(stage), HasSubstr("forbids such files"));
  EXPECT_THAT(told(stage), HasSubstr("vakt export 1 --template oslo"));
  EXPECT_THAT(told(stage), HasSubstr("/incident 1 postmortem oslo"));
  stage.refusals["UploadDocument"] = "expired";
  stage.command("postmortem", "CINC1");
  EXPECT_THAT(told(stage), HasSubstr("could not be reached"));
  stage.refusals.clear();
  stage.uploaded = {{"file", "F7"}};
  stage.refusals["ShareFile"] = "is_archived";
  stage.command("postmortem", "CINC1");
  EXPECT_THAT(told(stage), HasSubstr("archived"));
}

TEST(PostmortemTurn, OfferedWithTheResolutionForDrillsToo) {
  Declared stage{"test Only a drill"};
  stage.command("resolve", "CINC1");
  const auto posts = stage.effects<effect::Post>();
  const auto resolved = std::ranges::find(posts, "resolved", &effect::Post::purpose);
  ASSERT_NE(resolved, posts.end());
  EXPECT_THAT(view::fingerprint(resolved->message), HasSubstr("Post-mortem"));
  stage.press("postmortem", "1", "CINC1");
  EXPECT_THAT(stage.effects<effect::OpenModal>(), SizeIs(1));
  EXPECT_FALSE(stage.incident().postmortem) << "nobody is reminded of a drill";
}

TEST(PostmortemTurn, NeedsAnIncidentWithAChannel) {
  Stage stage;
  EXPECT_THAT(stage.command("postmortem", "C1"), HasSubstr("no incident"));
  stage.refusals["CreateChannel"] = "restricted_action";
  stage.command("declare sev1 Down", "D1");
  EXPECT_THAT(stage.command("9 postmortem", "C1"), HasSubstr("no incident 9"));
}

TEST(PostmortemTurn, TwoPeopleAtOnceBothAreHeard) {
  Declared stage;
  stage.command("postmortem", "CINC1", "U1");
  stage.command("postmortem", "CINC1", "U2");
  const auto modals = stage.effects<effect::OpenModal>();
  ASSERT_THAT(modals, SizeIs(2));
  stage.submit("postmortem", modals[0].modal.context, {{"summary", "mine"}}, "U1");
  stage.submit("postmortem", modals[1].modal.context, {{"summary", "theirs"}, {"cause", "logs"}}, "U2");
  EXPECT_THAT(stage.entries_of(EntryKind::field), SizeIs(3));
  EXPECT_THAT(stage.effects<effect::UploadDocument>(), SizeIs(2));
}

TEST(PostmortemTurn, WhatNoDocumentWouldShowIsSaidAtOnce) {
  Declared built_in;
  EXPECT_THAT(built_in.command("affected 300 customers", "CINC1"), Not(HasSubstr("template")));
  Settings settings;
  settings.postmortem.fields["oslo"] = {.asked = {"learned"}, .optional = {"affected"}};
  Declared stage{"declare sev1 Backend down", settings};
  EXPECT_THAT(stage.command("affected 300 customers", "CINC1"), Not(HasSubstr("template")));
  EXPECT_THAT(
      stage.command("impact bad", "CINC1"),
      HasSubstr("The post-mortem template oslo has no place for it, so only the record shows it. `{{impact}}`"));
  EXPECT_EQ(stage.entries_of(EntryKind::field).size(), 2U);
  stage.submit("field", "1", {{"field", "cause"}, {"text", "a full disk"}});
  EXPECT_THAT(stage.effects<effect::Ephemeral>().back().message.text, HasSubstr("`{{cause}}`"));
}

}  // namespace
}  // namespace vakt::test
