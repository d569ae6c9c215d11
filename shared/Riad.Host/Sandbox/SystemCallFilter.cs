using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Riad.Host.Sandbox;

/// <summary>Which system calls a process that serves may make: all but those that reach into other processes or change the machine. Pure.</summary>
/// <remarks>
/// Source: Linux, Documentation/userspace-api/seccomp_filter.rst, and the tables of numbers of both processors. A refused
/// call fails with EPERM, or with ENOSYS where a library knows another way: threads are made by clone instead of clone3,
/// whose arguments no filter can see.
/// </remarks>
internal static class SystemCallFilter
{
    /// <summary>The verdict that lets a call pass.</summary>
    public const uint Allow = 0x7fff_0000;

    /// <summary>The verdict that ends the process: it runs code of another processor.</summary>
    public const uint KillProcess = 0x8000_0000;

    /// <summary>The verdict that fails with an error, which is added to it.</summary>
    public const uint Fail = 0x0005_0000;

    /// <summary>Errors of refused calls.</summary>
    public const uint NotPermitted = 1, NoSuchCall = 38, NoSuchFamily = 97;

    private const uint NumberOffset = 0, ProcessorOffset = 4, FirstArgumentOffset = 16, SecondArgumentOffset = 24;
    private const uint X64 = 0xc000_003e, Arm64 = 0xc000_00b7, ForeignNumbers = 0x4000_0000;
    private const uint NewNamespaces = 0x7e02_0000;
    private const uint TypeIntoTerminal = 0x5412, CommandConsole = 0x541c;
    private const uint Unix = 1, InterNetwork = 2, InterNetwork6 = 10, Netlink = 16;

    private static readonly ImmutableArray<(string Name, int X64, int Arm64)> Refused =
    [
        // other processes
        ("ptrace", 101, 117), ("process_vm_readv", 310, 270), ("process_vm_writev", 311, 271), ("kcmp", 312, 272), ("pidfd_getfd", 438, 438),
        // file systems
        ("mount", 165, 40), ("umount2", 166, 39), ("pivot_root", 155, 41), ("chroot", 161, 51), ("open_tree", 428, 428), ("move_mount", 429, 429), ("fsopen", 430, 430),
        ("fsconfig", 431, 431), ("fsmount", 432, 432), ("fspick", 433, 433), ("mount_setattr", 442, 442), ("quotactl", 179, 60), ("quotactl_fd", 443, 443), ("swapon", 167, 224), ("swapoff", 168, 225),
        ("open_by_handle_at", 304, 265),
        // the kernel
        ("init_module", 175, 105), ("finit_module", 313, 273), ("delete_module", 176, 106), ("kexec_load", 246, 104), ("kexec_file_load", 320, 294), ("bpf", 321, 280),
        ("perf_event_open", 298, 241), ("userfaultfd", 323, 282), ("syslog", 103, 116), ("iopl", 172, -1), ("ioperm", 173, -1), ("modify_ldt", 154, -1), ("acct", 163, 89),
        ("add_key", 248, 217), ("request_key", 249, 218), ("keyctl", 250, 219),
        // the machine
        ("reboot", 169, 142), ("settimeofday", 164, 170), ("clock_settime", 227, 112), ("adjtimex", 159, 171), ("clock_adjtime", 305, 266), ("sethostname", 170, 161),
        ("setdomainname", 171, 162), ("setns", 308, 268), ("unshare", 272, 97), ("personality", 135, 92), ("vhangup", 153, 58),
    ];

    private static readonly ImmutableArray<(string Name, int X64, int Arm64)> RefusedPrograms = [("execve", 59, 221), ("execveat", 322, 281)];

    private static readonly ImmutableArray<(string Name, int X64, int Arm64)> Unknown =
        [("clone3", 435, 435), ("io_uring_setup", 425, 425), ("io_uring_enter", 426, 426), ("io_uring_register", 427, 427)];

    private static readonly (string Name, int X64, int Arm64) Clone = ("clone", 56, 220), Socket = ("socket", 41, 198), Control = ("ioctl", 16, 29);

    /// <summary>Writes the filter; false for a processor whose numbers we do not have.</summary>
    /// <param name="processor">Whose numbers.</param>
    /// <param name="startsPrograms">True lets execve pass.</param>
    /// <param name="filter">At most 255 instructions, so that every jump fits.</param>
    public static bool TryWrite(Architecture processor, bool startsPrograms, out ImmutableArray<FilterInstruction> filter)
    {
        filter = [];
        if (processor is not (Architecture.X64 or Architecture.Arm64))
            return false;
        var isArm = processor is Architecture.Arm64;
        var written = new List<FilterInstruction>();
        void Write(ushort code, byte ifTrue, byte ifFalse, uint operand) => written.Add(new(code, ifTrue, ifFalse, operand));
        void ReturnIfEqual((string Name, int X64, int Arm64) call, uint verdict)
        {
            var number = isArm ? call.Arm64 : call.X64;
            if (number < 0)
                return;
            Write(FilterInstruction.JumpIfEqual, 0, 1, (uint)number);
            Write(FilterInstruction.Return, 0, 0, verdict);
        }

        Write(FilterInstruction.Load, 0, 0, ProcessorOffset);
        Write(FilterInstruction.JumpIfEqual, 1, 0, isArm ? Arm64 : X64);
        Write(FilterInstruction.Return, 0, 0, KillProcess);
        Write(FilterInstruction.Load, 0, 0, NumberOffset);
        // The numbers of x32, a second table of the same processor.
        Write(FilterInstruction.JumpIfAtLeast, 0, 1, ForeignNumbers);
        Write(FilterInstruction.Return, 0, 0, Fail + NoSuchCall);
        foreach (var call in startsPrograms ? Refused : [.. Refused, .. RefusedPrograms])
            ReturnIfEqual(call, Fail + NotPermitted);
        foreach (var call in Unknown)
            ReturnIfEqual(call, Fail + NoSuchCall);
        // A thread or a process, but in no namespace of its own.
        Write(FilterInstruction.JumpIfEqual, 0, 4, (uint)(isArm ? Clone.Arm64 : Clone.X64));
        Write(FilterInstruction.Load, 0, 0, FirstArgumentOffset);
        Write(FilterInstruction.JumpIfAny, 0, 1, NewNamespaces);
        Write(FilterInstruction.Return, 0, 0, Fail + NotPermitted);
        Write(FilterInstruction.Return, 0, 0, Allow);
        written.AddRange(RefuseTyping((uint)(isArm ? Control.Arm64 : Control.X64)));
        // Names, the Internet, and the kernel's answers about it; no other of the kernel's forty families.
        Write(FilterInstruction.JumpIfEqual, 0, 6, (uint)(isArm ? Socket.Arm64 : Socket.X64));
        Write(FilterInstruction.Load, 0, 0, FirstArgumentOffset);
        Write(FilterInstruction.JumpIfEqual, 4, 0, Unix);
        Write(FilterInstruction.JumpIfEqual, 3, 0, InterNetwork);
        Write(FilterInstruction.JumpIfEqual, 2, 0, InterNetwork6);
        Write(FilterInstruction.JumpIfEqual, 1, 0, Netlink);
        Write(FilterInstruction.Return, 0, 0, Fail + NoSuchFamily);
        Write(FilterInstruction.Return, 0, 0, Allow);
        filter = [.. written];
        return true;
    }

    // What types for whoever sits at the terminal: TIOCSTI, and TIOCLINUX, which pastes.
    private static FilterInstruction[] RefuseTyping(uint control) =>
    [
        new(FilterInstruction.JumpIfEqual, 0, 5, control),
        new(FilterInstruction.Load, 0, 0, SecondArgumentOffset),
        new(FilterInstruction.JumpIfEqual, 1, 0, TypeIntoTerminal),
        new(FilterInstruction.JumpIfEqual, 0, 1, CommandConsole),
        new(FilterInstruction.Return, 0, 0, Fail + NotPermitted),
        new(FilterInstruction.Return, 0, 0, Allow),
    ];
}
