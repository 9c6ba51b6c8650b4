#include "app/cli/arguments.h"
#include "app/cli/program.h"
#include "app/process/harden.h"
#include "auth/opensc_settings.h"

#include <iostream>
#include <string>
#include <vector>

int main(int argc, char** argv)
{
    app::hardenProcess();
    if (const auto own = auth::useOwnOpenScSettings(); !own) {
        std::cerr << own.error().detail << std::endl;
        return static_cast<int>(cli::ExitCode::Configuration);
    }
    const std::vector<std::string> words(argv + 1, argv + argc);
    const auto arguments = cli::parseArguments(words);
    if (!arguments) {
        std::cerr << "countersign-cli: " << arguments.error().detail << "\nTry countersign-cli --help.\n";
        return static_cast<int>(cli::ExitCode::Usage);
    }
    return static_cast<int>(cli::run(*arguments));
}
