#include "tests/bench/table.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ostream>
#include <stdexcept>

namespace bench {

Table::Table(std::ostream& out) : out_(out) {
  out_ << "| what | measured | target | met |\n| --- | --- | --- | --- |" << std::endl;
}

void Table::add(const std::string& what, const std::string& measured, const std::string& target, Met met) {
  missed_ += met == Met::no;
  const char* mark = met == Met::yes ? "yes" : met == Met::no ? "**no**" : "";
  out_ << "| " << what << " | " << measured << " | " << target << " | " << mark << " |" << std::endl;
}

double median(std::vector<double> values) {
  if (values.empty()) throw std::logic_error("A median of nothing");
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

double highest(const std::vector<double>& values) { return *std::ranges::max_element(values); }

std::string decimals(double value, int places) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%.*f", places, value);
  return text.data();
}

}  // namespace bench
