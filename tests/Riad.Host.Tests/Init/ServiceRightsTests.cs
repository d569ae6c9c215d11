using System.Diagnostics;
using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class ServiceRightsTests
{
    private const string Nothing = "CapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nCapAmb:\t0000000000000000\n";
    private const string Closed = "rootfs / rootfs ro,size=1k 0 0\nproc /proc proc rw 0 0\n/dev/vda /data ext4 rw,nosuid 0 0\n";
    private const string Usual = "Uid:\t65532\t65532\t65532\t65532\n" + Nothing + "NoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t1\n";

    public static TheoryData<string, string, string, string> Processes => new()
    {
        // why                     status                                                                                        mounts                          what is said
        { "as it should be",       Usual,                                                                                        Closed,                         "user 65532 with no capabilities, no new privileges, filtered system calls, a root that is read-only" },
        { "an effective user",     Usual.Replace("Uid:\t65532\t65532", "Uid:\t65532\t0", StringComparison.Ordinal),              Closed,                         "user 65532 0 with no capabilities, no new privileges, filtered system calls, a root that is read-only" },
        { "a bounding set",        Usual.Replace("CapBnd:\t0000000000000000", "CapBnd:\t0000000000000400", StringComparison.Ordinal), Closed,                    "user 65532 with capabilities 0000000000000400, no new privileges, filtered system calls, a root that is read-only" },
        { "nothing given up",      "Uid:\t0\t0\t0\t0\n" + Nothing.Replace('0', 'f') + "NoNewPrivs:\t0\nSeccomp:\t0\n",            "rootfs / rootfs rw,ro 0 0\n",  "user 0 with capabilities ffffffffffffffff, privileges to gain, all system calls, a root that can be written" },
        { "a root upon a root",    Usual,                                                                                        "a / a ro 0 0\nb / b rw 0 0\n", "user 65532 with no capabilities, no new privileges, filtered system calls, a root that can be written" },
        { "nothing to be read",    "",                                                                                           "",                             "user ? with capabilities ?, privileges to gain, all system calls, a root that can be written" },
    };

    [Theory, MemberData(nameof(Processes))]
    public void What_a_process_may_do_is_said_as_it_is(string why, string status, string mounts, string said) =>
        Assert.Equal((why, "the service is " + said), (why, ServiceRights.Describe(status, mounts)));

    [Fact]
    public void Of_a_process_that_has_ended_nothing_is_said() => Assert.Null(ServiceRights.Of(int.MaxValue));

    [FirstProcessFact]
    public void What_is_started_as_the_services_user_has_no_rights_and_no_thread_of_ours_stays_that_user()
    {
        for (var round = 0; round < 3; round++)
        {
            using var process = ServiceUser.Run(static () => Process.Start(new ProcessStartInfo("sleep", ["600"]) { UseShellExecute = false, RedirectStandardOutput = true })!);
            var said = ServiceRights.Of(process.Id);
            process.Kill();
            process.WaitForExit();

            Assert.StartsWith("the service is user 65532 with no capabilities, no new privileges, ", said, StringComparison.Ordinal);
        }
        // A thread that was waited for is gone for .NET before it is for the kernel.
        Assert.True(SpinWait.SpinUntil(static () => !Directory.EnumerateDirectories("/proc/self/task").Any(IsOfService), TimeSpan.FromMinutes(1)), "a thread is still user 65532");
    }

    private static bool IsOfService(string thread) => StatusOf(thread)?.Contains("65532", StringComparison.Ordinal) is true;

    private static string? StatusOf(string thread)
    {
        try
        {
            return File.ReadLines(thread + "/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // Threads come and go while we look.
            return null;
        }
    }
}
