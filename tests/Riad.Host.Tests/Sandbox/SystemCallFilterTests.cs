using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Riad.Host.Sandbox;
using Xunit;

namespace Riad.Host.Tests.Sandbox;

public sealed class SystemCallFilterTests
{
    private const uint X64 = 0xc000_003e, Arm64 = 0xc000_00b7;
    private const uint Permitted = 0x7fff_0000, Killed = 0x8000_0000, NotPermitted = 0x0005_0001, NoSuchCall = 0x0005_0026, NoSuchFamily = 0x0005_0061;

    public static TheoryData<string, Architecture, uint, uint, ulong, uint> Verdicts => new()
    {
        // call                          program             processor  number        first argument     verdict
        { "read",                        Architecture.X64,   X64,       0,            0,                 Permitted },
        { "recvmmsg",                    Architecture.X64,   X64,       299,          0,                 Permitted },
        { "ptrace",                      Architecture.X64,   X64,       101,          0,                 NotPermitted },
        { "mount",                       Architecture.X64,   X64,       165,          0,                 NotPermitted },
        { "finit_module",                Architecture.X64,   X64,       313,          0,                 NotPermitted },
        { "execve",                      Architecture.X64,   X64,       59,           0,                 NotPermitted },
        { "execveat",                    Architecture.X64,   X64,       322,          0,                 NotPermitted },
        { "reboot",                      Architecture.X64,   X64,       169,          0,                 NotPermitted },
        { "clone3",                      Architecture.X64,   X64,       435,          0,                 NoSuchCall },
        { "io_uring_setup",              Architecture.X64,   X64,       425,          0,                 NoSuchCall },
        { "a thread",                    Architecture.X64,   X64,       56,           0x003d_0f00,       Permitted },
        { "a namespace of users",        Architecture.X64,   X64,       56,           0x1000_0011,       NotPermitted },
        { "a socket of names",           Architecture.X64,   X64,       41,           1,                 Permitted },
        { "a socket of IPv4",            Architecture.X64,   X64,       41,           2,                 Permitted },
        { "a socket of IPv6",            Architecture.X64,   X64,       41,           10,                Permitted },
        { "a socket of netlink",         Architecture.X64,   X64,       41,           16,                Permitted },
        { "a socket of packets",         Architecture.X64,   X64,       41,           17,                NoSuchFamily },
        { "a quota by descriptor",       Architecture.X64,   X64,       443,          0,                 NotPermitted },
        { "read of x32",                 Architecture.X64,   X64,       0x4000_0000,  0,                 NoSuchCall },
        { "ptrace of 32 bits",           Architecture.X64,   0x4000_0003, 26,         0,                 Killed },
        { "read on ARM",                 Architecture.Arm64, Arm64,     63,           0,                 Permitted },
        { "ptrace on ARM",               Architecture.Arm64, Arm64,     117,          0,                 NotPermitted },
        { "mount on ARM",                Architecture.Arm64, Arm64,     40,           0,                 NotPermitted },
        { "execve on ARM",               Architecture.Arm64, Arm64,     221,          0,                 NotPermitted },
        { "a namespace on ARM",          Architecture.Arm64, Arm64,     220,          0x4000_0011,       NotPermitted },
        { "a socket of packets on ARM",  Architecture.Arm64, Arm64,     198,          17,                NoSuchFamily },
        { "another processor on ARM",    Architecture.Arm64, X64,       63,           0,                 Killed },
    };

    [Theory, MemberData(nameof(Verdicts))]
    public void A_call_gets_its_verdict(string call, Architecture program, uint processor, uint number, ulong first, uint verdict)
    {
        Assert.True(SystemCallFilter.TryWrite(program, startsPrograms: false, out var filter));
        Assert.Equal((call, verdict), (call, Run(filter, processor, number, first)));
    }

    [Fact]
    public void What_starts_programs_may_execute_and_nothing_more()
    {
        Assert.True(SystemCallFilter.TryWrite(Architecture.X64, startsPrograms: true, out var filter));

        Assert.Equal(Permitted, Run(filter, X64, 59, 0));
        Assert.Equal(NotPermitted, Run(filter, X64, 101, 0));
    }

    [Fact]
    public void A_processor_of_other_numbers_gets_no_filter() => Assert.False(SystemCallFilter.TryWrite(Architecture.RiscV64, startsPrograms: false, out _));

    public static TheoryData<string, Architecture, uint, uint, uint> Controls => new()
    {
        // ioctl                 program             number   second argument   verdict
        { "FIONREAD",            Architecture.X64,   16,      0x541b,           Permitted },
        { "TCGETS",              Architecture.X64,   16,      0x5401,           Permitted },
        { "TIOCSTI",             Architecture.X64,   16,      0x5412,           NotPermitted },
        { "TIOCLINUX",           Architecture.X64,   16,      0x541c,           NotPermitted },
        { "TIOCGWINSZ on ARM",   Architecture.Arm64, 29,      0x5413,           Permitted },
        { "TIOCSTI on ARM",      Architecture.Arm64, 29,      0x5412,           NotPermitted },
        { "TIOCLINUX on ARM",    Architecture.Arm64, 29,      0x541c,           NotPermitted },
    };

    [Theory, MemberData(nameof(Controls))]
    public void Nothing_is_typed_for_whoever_sits_at_the_terminal(string call, Architecture program, uint number, uint second, uint verdict)
    {
        Assert.True(SystemCallFilter.TryWrite(program, startsPrograms: false, out var filter));
        Assert.Equal((call, verdict), (call, Run(filter, program is Architecture.Arm64 ? Arm64 : X64, number, 0, second)));
    }

    // The kernel's machine, as far as the filter uses it.
    private static uint Run(ImmutableArray<FilterInstruction> filter, uint processor, uint number, ulong first, uint second = 0)
    {
        var accumulator = 0u;
        for (var at = 0; ; at++)
        {
            var (code, ifTrue, ifFalse, operand) = filter[at];
            switch (code)
            {
                case 0x20:
                    accumulator = operand switch { 0 => number, 4 => processor, 16 => (uint)first, 24 => second, _ => throw new InvalidOperationException($"offset {operand}") };
                    break;
                case 0x15:
                    at += accumulator == operand ? ifTrue : ifFalse;
                    break;
                case 0x35:
                    at += accumulator >= operand ? ifTrue : ifFalse;
                    break;
                case 0x45:
                    at += (accumulator & operand) != 0 ? ifTrue : ifFalse;
                    break;
                case 0x06:
                    return operand;
                default:
                    throw new InvalidOperationException($"code {code}");
            }
        }
    }
}
