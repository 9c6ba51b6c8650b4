#include "auth/device/posture.h"
#include "auth/device/settings_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

using device::ScreenLock;
using std::chrono::minutes;
using testing::IsEmpty;
namespace fs = std::filesystem;

namespace {

/// What `dconf compile` made of lock-enabled true, lock-delay 30, idle-delay 600 and a setting that is no number.
constexpr const char* Dconf =
    "4756617269616e7400000000000000001800000054010000000000280b0000000000000002000000030000000400000006000000070000"
    "000900000009000000090000000a0000000b000000e6c919d509000000540100000a0076006001000066010000b988fdda030000006601"
    "000008004c00700100007c01000039c53b4f010000007c0100000a004c00880100008c010000b0b72430080000008c01000006004c0094"
    "01000098010000d4b50200ffffffff9801000001004c009c010000a0010000aacd936007000000a00100000c007600b0010000b3010000"
    "cee25d7007000000b30100000a007600c0010000c601000029b90fc601000000c60100000c004c00d4010000dc0100004b50900b040000"
    "00dc01000004004c00e0010000e40100008c87dd6601000000e401000008004c00ec010000f00100003b6faa0902000000f00100000c00"
    "7600000200000602000069646c652d64656c617900005802000000756465736b746f702f0000020000000700000009000000696e746572"
    "666163652f00000a000000676e6f6d652f0000010000002f000000080000006c6f636b2d656e61626c6564000000000100626c6f636b2d"
    "64656c61790000001e000000007573637265656e73617665722f000006000000050000006f72672f0300000073657373696f6e2f000000"
    "00636c6f636b2d666f726d617400000000323468000073";
constexpr std::size_t LockEnabledAt = 0x1b0; ///< the byte of the boolean

std::string bytesOf(std::string_view hex)
{
    std::string bytes;
    for (std::size_t at = 0; at < hex.size(); at += 2)
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(at, 2)), nullptr, 16));
    return bytes;
}

constexpr const char* Xfce = R"(<?xml version="1.0" encoding="UTF-8"?>

<channel name="xfce4-screensaver" version="1.0">
  <property name="saver" type="empty">
    <property name="mode" type="int" value="0"/>
    <property name="idle-activation" type="empty">
      <property name="delay" type="int" value="7"/>
    </property>
  </property>
  <property name="lock" type="empty">
    <property name="saver-activation" type="empty">
      <property name="delay" type="int" value="1"/>
    </property>
    <property name="enabled" type="bool" value="true"/>
  </property>
</channel>
)";

class AScreenLock : public testing::Test {
protected:
    AScreenLock() { fs::remove_all(m_root); }
    ~AScreenLock() override { fs::remove_all(m_root); }

    void write(const std::string& file, const std::string& text) const
    {
        fs::create_directories((m_root / file).parent_path());
        std::ofstream(m_root / file, std::ios::binary) << text;
    }
    [[nodiscard]] ScreenLock of(const std::string& desktop) const
    {
        return device::screenLock(m_root, {m_root / "home/anna", desktop});
    }
    void xfce(const std::string& text) const
    {
        write("home/anna/.config/xfce4/xfconf/xfce-perchannel-xml/xfce4-screensaver.xml", text);
    }

    static constexpr ScreenLock Unknown{};
    static constexpr ScreenLock Off{false, {}};
    static ScreenLock after(int time) { return {true, minutes(time)}; }

    fs::path m_root = fs::path(testing::TempDir())
        / (std::string("screen_lock_") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(AScreenLock, IsUnknownWhereNobodySays)
{
    EXPECT_EQ(of(""), Unknown);
    EXPECT_EQ(of("sway"), Unknown);
    EXPECT_EQ(of("XFCE"), Unknown) << "who locks there is not known without its settings";
    EXPECT_EQ(device::screenLock(m_root, {}), Unknown);
    EXPECT_EQ(device::screenLock(m_root, {{}, "GNOME"}), Unknown) << "no home";
}

TEST_F(AScreenLock, OfGnome)
{
    EXPECT_EQ(of("ubuntu:GNOME"), after(5)) << "the defaults";
    std::string settings = bytesOf(Dconf);
    write("home/anna/.config/dconf/user", settings);
    EXPECT_EQ(of("GNOME"), after(11)) << "10 minutes and 30 seconds";
    const auto found = device::readDconf(settings);
    ASSERT_TRUE(found);
    EXPECT_THAT(*found,
        testing::UnorderedElementsAre(testing::Pair("/org/gnome/desktop/screensaver/lock-enabled", "true"),
            testing::Pair("/org/gnome/desktop/screensaver/lock-delay", "30"),
            testing::Pair("/org/gnome/desktop/session/idle-delay", "600")));
    ASSERT_EQ(settings[LockEnabledAt], 1);
    settings[LockEnabledAt] = 0;
    write("home/anna/.config/dconf/user", settings);
    EXPECT_EQ(of("GNOME"), Off);
    write("home/anna/.config/dconf/user", "no database");
    EXPECT_EQ(of("GNOME"), Unknown) << "not the defaults: nobody knows what was set";
}

TEST_F(AScreenLock, DamagedDatabasesOfGnomeAreNoHarm)
{
    const std::string settings = bytesOf(Dconf);
    for (std::size_t size = 0; size <= settings.size(); ++size)
        (void)device::readDconf(settings.substr(0, size));
    for (std::size_t at = 0; at < settings.size(); ++at) {
        std::string damaged = settings;
        damaged[at] = '\xff';
        (void)device::readDconf(damaged);
    }
    EXPECT_FALSE(device::readDconf(settings.substr(0, 23)));
}

TEST_F(AScreenLock, OfPlasma)
{
    EXPECT_EQ(of("KDE"), after(6)) << "5 minutes, and 5 seconds of grace";
    write("etc/xdg/kscreenlockerrc", "[Daemon]\nAutolock[$i]=true\nTimeout=15\nLockGrace=0\n");
    EXPECT_EQ(of("KDE"), after(15));
    write("home/anna/.config/kscreenlockerrc", "[Greeter]\nTimeout=1\n[Daemon]\nTimeout = 3\n");
    EXPECT_EQ(of("KDE"), after(3));
    write("home/anna/.config/kscreenlockerrc", "[Daemon]\nAutolock=false\n");
    EXPECT_EQ(of("KDE"), Off);
    write("home/anna/.config/kscreenlockerrc", "[Daemon]\nAutolock=perhaps\n");
    EXPECT_EQ(of("KDE"), Unknown);
    write("home/anna/.config/kscreenlockerrc", "[Daemon]\nTimeout=-1\n");
    EXPECT_EQ(of("KDE"), Unknown);
}

TEST_F(AScreenLock, OfXfce)
{
    xfce(Xfce);
    EXPECT_EQ(of("XFCE"), after(8));
    std::string off = Xfce;
    off.replace(off.find("value=\"true\""), 12, "value=\"false\"");
    xfce(off);
    EXPECT_EQ(of("XFCE"), Off);
    xfce("<channel><property name=\"saver\"");
    EXPECT_EQ(of("XFCE"), after(5)) << "nothing that differs from the defaults";
}

TEST_F(AScreenLock, OfTheSystemItself)
{
    write("etc/systemd/logind.conf", "[Login]\n#IdleAction=ignore\nIdleAction=suspend\n");
    EXPECT_EQ(of(""), Unknown) << "asleep is not locked";
    write("etc/systemd/logind.conf", "[Login]\nIdleAction=lock\n");
    EXPECT_EQ(of(""), after(30));
    write("usr/lib/systemd/logind.conf.d/10-a.conf", "[Login]\nIdleActionSec=1h 30min\n");
    EXPECT_EQ(of(""), after(90));
    write("etc/systemd/logind.conf.d/20-b.conf", "[Login]\nIdleActionSec=90\n");
    EXPECT_EQ(of(""), after(2));
    EXPECT_EQ(of("GNOME"), after(2)) << "whichever comes first";
    write("home/anna/.config/kscreenlockerrc", "[Daemon]\nAutolock=false\n");
    EXPECT_EQ(of("KDE"), after(2));
    write("etc/systemd/logind.conf.d/20-b.conf", "[Login]\nIdleActionSec=soon\n");
    EXPECT_EQ(of(""), (ScreenLock{true, {}})) << "it locks; when is not understood";
}

TEST_F(AScreenLock, IsAPartOfThePosture)
{
    using device::PostureItem;
    write("home/anna/.config/kscreenlockerrc", "[Daemon]\nTimeout=10\nLockGrace=0\n");
    const auto posture = device::collectPosture(m_root, {m_root / "home/anna", "KDE"}, base::UtcTime());
    EXPECT_THAT(
        posture, testing::ElementsAre(PostureItem{"screen-lock", "yes"}, PostureItem{"screen-lock-after", "10"}));
}

TEST_F(AScreenLock, AndTwoMoreFirewalls)
{
    constexpr const char* Rules = "table inet filter {\n chain input { type filter hook input priority filter; "
                                  "policy drop; }\n}\n";
    write("etc/nftables.conf", Rules);
    EXPECT_EQ(device::firewall(m_root), std::nullopt) << "rules that nobody loads";
    fs::create_directories(m_root / "etc/systemd/system/sysinit.target.wants");
    fs::create_symlink(
        "/lib/systemd/system/nftables.service", m_root / "etc/systemd/system/sysinit.target.wants/nftables.service");
    EXPECT_EQ(device::firewall(m_root), true);
    write("etc/nftables.conf", "table inet filter {\n chain input { type filter hook input priority filter; }\n}\n");
    EXPECT_EQ(device::firewall(m_root), std::nullopt) << "Debian's empty rules";
    write("etc/iptables/rules.v4", "*filter\n:INPUT DROP [0:0]\nCOMMIT\n");
    fs::create_directories(m_root / "etc/systemd/system/multi-user.target.wants");
    fs::create_symlink("/lib/systemd/system/netfilter-persistent.service",
        m_root / "etc/systemd/system/multi-user.target.wants/netfilter-persistent.service");
    EXPECT_EQ(device::firewall(m_root), true);
}

}
