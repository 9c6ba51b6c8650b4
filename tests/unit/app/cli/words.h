#pragma once

#include "app/cli/arguments.h"
#include "app/cli/reporter.h"

#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace cli_test {

/// A command line without its program, words between blanks.
inline base::Result<cli::Arguments> parse(const std::string& line)
{
    std::istringstream stream(line);
    const std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
    return cli::parseArguments(words);
}

/// The event as a script reads it.
inline nlohmann::ordered_json parsed(const cli::Event& event)
{
    std::ostringstream out;
    cli::Reporter(out, cli::Format::JsonLines).report(event);
    return nlohmann::ordered_json::parse(out.str());
}

}
