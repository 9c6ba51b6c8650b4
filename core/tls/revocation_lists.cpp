#include "core/tls/revocation_lists.h"

#include "core/tls/pem_files.h"

#include <utility>

namespace tls {

base::Result<std::shared_ptr<RevocationLists>> RevocationLists::open(const std::string& file)
{
    std::shared_ptr<RevocationLists> lists(new RevocationLists(file));
    if (const base::Status read = lists->refresh(); !read)
        return read.error();
    return lists;
}

std::shared_ptr<const RevocationLists::Lists> RevocationLists::current()
{
    const std::lock_guard lock(m_mutex);
    static_cast<void>(refresh()); // what was read before stays in force, until its own date
    return m_lists;
}

base::Status RevocationLists::refresh()
{
    if (!m_watch.hasChanged())
        return base::Ok{};
    auto read = readRevocationLists(m_watch.file());
    if (!read) {
        m_watch.forget();
        return read.error();
    }
    m_lists = std::make_shared<const Lists>(*std::move(read));
    return base::Ok{};
}

}
