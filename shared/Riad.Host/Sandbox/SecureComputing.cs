using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Riad.Host.Sandbox;

/// <summary>Puts a filter before the system calls of every thread of this process, those that are there and those that come.</summary>
/// <remarks>Source: seccomp(2), SECCOMP_FILTER_FLAG_TSYNC and SECCOMP_FILTER_FLAG_SPEC_ALLOW.</remarks>
internal static unsafe class SecureComputing
{
    /// <summary>Null when it is done, otherwise why not; nothing can take it back.</summary>
    public static string? Restrict(ImmutableArray<FilterInstruction> filter)
    {
        if (Native.ProcessControl(Native.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
            return Native.Reason;
        var instructions = new byte[filter.Length * 8];
        for (var index = 0; index < filter.Length; index++)
        {
            var at = instructions.AsSpan(index * 8);
            var each = filter[index];
            MemoryMarshal.Write(at, each.Code);
            (at[2], at[3]) = (each.IfTrue, each.IfFalse);
            MemoryMarshal.Write(at[4..], each.Operand);
        }
        fixed (byte* octets = instructions)
        {
            // struct sock_fprog: the count, padding, the address.
            var program = stackalloc nint[2];
            (program[0], program[1]) = (filter.Length, (nint)octets);
            // Kernels before 5.16 slow the processor down for whoever filters, since most who do run strangers' code. We run our own.
            var done = Native.SystemCall(Native.SecureComputing, Native.SetModeFilter, Native.SynchronizeThreads | Native.KeepsSpeculation, (nint)program, 0);
            return done == 0 ? null : done > 0 ? $"thread {done} does not follow" : Native.Reason;
        }
    }
}
