#include "integrations/runtime/templates.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

namespace vakt {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Templates : public testing::Test {
 protected:
  Templates() : folder_(std::filesystem::temp_directory_path() / ("vakt-templates-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_ / "templates");
  }
  ~Templates() override { std::filesystem::remove_all(folder_); }
  void put(const std::string& path, const std::string& text) { std::ofstream(folder_ / path) << text; }
  std::string text_of(const std::string& name) {
    const auto found = find_template(folder_, name);
    return found ? found->text : "error: " + found.error().text;
  }

  std::filesystem::path folder_;
};

TEST_F(Templates, OnesOwnComesBeforeTheBuiltInOne) {
  EXPECT_THAT(text_of("oslo"), HasSubstr("## Summary"));
  EXPECT_EQ(find_template(folder_, "oslo")->file, "");
  put("templates/oslo.mustache", "in the folder for templates");
  EXPECT_EQ(text_of("oslo"), "in the folder for templates");
  put("oslo.mustache", "beside the configuration");
  EXPECT_EQ(text_of("oslo"), "beside the configuration");
  EXPECT_EQ(find_template(folder_, "oslo")->file, (folder_ / "oslo.mustache").string());
  EXPECT_EQ(find_template(folder_, "oslo")->name, "oslo");
  put("templates/ours.mustache", "");
  EXPECT_EQ(text_of("ours"), "");
}

TEST_F(Templates, APathIsReadAsItIs) {
  put("mine.txt", "mine");
  EXPECT_EQ(text_of((folder_ / "mine.txt").string()), "mine");
  EXPECT_EQ(find_template("/nowhere", (folder_ / "mine.txt").string())->name, "mine");
  EXPECT_THAT(text_of((folder_ / "none.mustache").string()),
              AllOf(HasSubstr("none.mustache cannot be read"), HasSubstr("Name a file")));
  EXPECT_THAT(text_of((folder_ / "templates").string() + "/"), HasSubstr("cannot be read"));
  put("long.mustache", std::string(300'000, 'x'));
  EXPECT_THAT(text_of("long"), HasSubstr("longer than 256 KiB"));
}

TEST_F(Templates, WhatThereIsNotNamesWhatThereIs) {
  EXPECT_THAT(text_of("osol"),
              AllOf(HasSubstr("no template \"osol\""), HasSubstr((folder_ / "osol.mustache").string()),
                    HasSubstr("nearest built-in one is oslo"), HasSubstr("oslo, nav, va-release-plan")));
  EXPECT_THAT(text_of("va-releaseplan"), HasSubstr("nearest built-in one is va-release-plan"));
}

}  // namespace
}  // namespace vakt
