#include "auth/device/posture.h"
#include "tests/support/fake_clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

using device::collectPosture;
using device::PostureItem;
using testing::Contains;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
namespace fs = std::filesystem;

namespace {

/// What the kernel of a laptop with LVM on LUKS, Debian's usual layout, shows. Recorded; names shortened.
constexpr const char* Mounts = R"(22 28 0:21 / /sys rw,nosuid,nodev,noexec,relatime shared:7 - sysfs sysfs rw
28 1 253:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw,errors=remount-ro
31 28 253:2 / /home rw,relatime shared:29 - ext4 /dev/mapper/vg-home rw
33 28 259:2 / /boot rw,relatime shared:31 - ext4 /dev/nvme0n1p2 rw
)";
constexpr const char* SecureBoot = "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

/// The files of a machine, below a directory of the test.
class APosture : public testing::Test {
protected:
    APosture() { fs::remove_all(m_root); }
    ~APosture() override { fs::remove_all(m_root); }

    void write(const std::string& file, const std::string& text) const
    {
        fs::create_directories((m_root / file).parent_path());
        std::ofstream(m_root / file, std::ios::binary) << text;
    }
    /// A block device that lies on others.
    void block(const std::string& place, const std::string& uuid, const std::vector<std::string>& below) const
    {
        fs::create_directories(m_root / place / "slaves");
        if (!uuid.empty())
            write(place + "/dm/uuid", uuid + "\n");
        for (const std::string& name : below)
            fs::create_directories(m_root / place / "slaves" / name);
    }
    void laptop() const
    {
        write("proc/self/mountinfo", Mounts);
        block("sys/dev/block/253:1", "LVM-root", {"dm-0"});
        block("sys/dev/block/253:2", "LVM-home", {"dm-0"});
        block("sys/class/block/dm-0", "CRYPT-LUKS2-4f7a-nvme0n1p3_crypt", {"nvme0n1p3"});
    }
    void packagesChanged(std::chrono::sys_seconds at) const
    {
        write("var/lib/dpkg/status", "");
        fs::last_write_time(m_root / "var/lib/dpkg/status", fs::file_time_type::clock::from_sys(at));
    }
    [[nodiscard]] std::vector<PostureItem> collect() const { return collectPosture(m_root, m_session, m_clock.utc()); }

    support::FakeClock m_clock;
    device::DesktopSession m_session;
    fs::path m_root = fs::path(testing::TempDir())
        / (std::string("posture_") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(APosture, SaysNothingOfWhatItCannotFindOut)
{
    EXPECT_THAT(collect(), IsEmpty());
}

TEST_F(APosture, SaysEverythingOfALaptop)
{
    laptop();
    write(SecureBoot, std::string("\x06\0\0\0\x01", 5));
    const auto written = std::chrono::sys_days(std::chrono::year(2026) / 11 / 11) + std::chrono::hours(8);
    packagesChanged(written);
    write("etc/ufw/ufw.conf", "# /etc/ufw/ufw.conf\n\nENABLED=yes\nLOGLEVEL=low\n");
    EXPECT_THAT(collect(),
        UnorderedElementsAre(PostureItem{"disk-encryption", "yes"}, PostureItem{"secure-boot", "yes"},
            PostureItem{"patch-age", "13"}, PostureItem{"firewall", "yes"}));
}

TEST_F(APosture, WantsEveryDiskEncrypted)
{
    laptop();
    block("sys/dev/block/253:2", "LVM-home", {"dm-0", "sdb1"});
    block("sys/class/block/sdb1", "", {});
    EXPECT_THAT(collect(), Contains(PostureItem{"disk-encryption", "no"}));
}

TEST_F(APosture, KnowsAPlainDisk)
{
    write("proc/self/mountinfo", "28 1 259:2 / / rw,relatime - ext4 /dev/nvme0n1p2 rw\n");
    fs::create_directories(m_root / "sys/dev/block/259:2");
    EXPECT_EQ(device::isEncrypted(m_root, "/"), false);
    EXPECT_EQ(device::isEncrypted(m_root, "/home"), std::nullopt);
}

TEST_F(APosture, DoesNotGuessAboutOtherFileSystems)
{
    write("proc/self/mountinfo", "28 1 0:38 / / rw,relatime - btrfs /dev/mapper/x rw\n");
    EXPECT_EQ(device::isEncrypted(m_root, "/"), std::nullopt);
    write("proc/self/mountinfo", "28 1\n\xff\n28 1 253:1 / / rw - ext4 x rw\n");
    block("sys/dev/block/253:1", "", {"loop"});
    block("sys/class/block/loop", "", {"loop"});
    EXPECT_EQ(device::isEncrypted(m_root, "/"), std::nullopt) << "a device that lies on itself";
}

TEST_F(APosture, KnowsHowTheMachineWasStarted)
{
    fs::create_directories(m_root / "sys/firmware");
    EXPECT_THAT(collect(), UnorderedElementsAre(PostureItem{"secure-boot", "no"})) << "a BIOS";
    fs::create_directories(m_root / "sys/firmware/efi");
    EXPECT_THAT(collect(), IsEmpty()) << "the variable cannot be read";
    write(SecureBoot, std::string("\x06\0\0\0", 4));
    EXPECT_THAT(collect(), IsEmpty()) << "cut off";
    write(SecureBoot, std::string("\x06\0\0\0\0", 5));
    EXPECT_THAT(collect(), UnorderedElementsAre(PostureItem{"secure-boot", "no"}));
}

TEST_F(APosture, KnowsTwoFirewalls)
{
    write("etc/ufw/ufw.conf", "ENABLED=no\n");
    EXPECT_THAT(collect(), UnorderedElementsAre(PostureItem{"firewall", "no"}));
    write("run/firewalld.pid", "17\n");
    EXPECT_THAT(collect(), UnorderedElementsAre(PostureItem{"firewall", "yes"}));
}

TEST_F(APosture, TakesAClockThatWasSetBackForNoAge)
{
    const auto later = std::chrono::sys_days(std::chrono::year(2030) / 1 / 1);
    packagesChanged(later);
    EXPECT_THAT(collect(), UnorderedElementsAre(PostureItem{"patch-age", "0"}));
}

TEST(Posture, CanBeCollectedHere)
{
    for (const PostureItem& item : collectPosture("/", {}, base::SystemClock().utc()))
        EXPECT_FALSE(item.value.empty()) << item.name;
}

}
