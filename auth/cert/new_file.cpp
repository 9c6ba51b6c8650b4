#include "auth/cert/new_file.h"

#include <filesystem>

namespace cert {

base::Status checkNew(const std::string& file)
{
    std::error_code problem;
    if (std::filesystem::exists(file, problem))
        return base::Error{base::Errc::Duplicate, file + " exists and is left alone; nothing was asked for"};
    return base::Ok{};
}

}
