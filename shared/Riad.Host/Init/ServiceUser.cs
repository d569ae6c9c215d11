using System.Runtime.InteropServices;

namespace Riad.Host.Init;

/// <summary>Who the service is: a user without rights. Its first process gives up everything on a thread, and starts it from there.</summary>
/// <remarks>Linux keeps user, capabilities and no_new_privs for each thread, and a child gets those of the thread that started it.</remarks>
internal static class ServiceUser
{
    /// <summary>The number of the user and of its group, as in container images.</summary>
    public const uint Number = 65532;

    private const int LastCapability = 63;

    /// <summary>Runs something on a thread that is this user and can become no other; that thread ends with it.</summary>
    public static T Run<T>(Func<T> work)
    {
        T? result = default;
        Exception? failed = null;
        var thread = new Thread(() =>
        {
            try
            {
                Become();
                result = work();
            }
            catch (Exception exception)
            {
                failed = exception;
            }
        })
        { IsBackground = true, Name = "start" };
        thread.Start();
        thread.Join();
        return failed is null ? result! : throw new IOException($"the service cannot be started: {failed.Message}", failed);
    }

    private static void Become()
    {
        var isArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64;
        var (setGroups, setGroup, setUser) = isArm ? (159, 149, 147) : (116, 119, 117);
        // The last numbers are of capabilities that this kernel does not know.
        for (var capability = 0; capability <= LastCapability; capability++)
            _ = Native.ProcessControl(Native.PR_CAPBSET_DROP, (nuint)capability, 0, 0, 0);
        Check(Native.SystemCall(setGroups, 0, 0, 0), "its groups");
        Check(Native.SystemCall(setGroup, (nint)Number, (nint)Number, (nint)Number), "its group");
        Check(Native.SystemCall(setUser, (nint)Number, (nint)Number, (nint)Number), "its user");
        Check(Native.ProcessControl(Native.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "its privileges");
    }

    private static void Check(nint result, string what)
    {
        if (result != 0)
            throw new IOException($"{what} cannot be set: {Native.Reason}");
    }
}
