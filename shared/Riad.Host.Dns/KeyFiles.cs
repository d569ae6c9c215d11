using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;
using Riad.Dns.Tsig.Keys;

namespace Riad.Host.Dns;

/// <summary>The files of <c>--keys</c> and <c>--policy</c>.</summary>
public static class KeyFiles
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>Reads the keys, now and whenever the file changes.</summary>
    /// <exception cref="OperatorException">It cannot be read, or something in it is wrong.</exception>
    public static ReloadedFile<TsigKeys> OpenKeys(FileInfo file, bool allowSha1, ILogger log) => ReloadedFile.Open(() => ReadKeys(file, allowSha1, log), log, file);

    /// <summary>Reads the policy, now and whenever the file changes.</summary>
    /// <exception cref="OperatorException">It cannot be read, or something in it is wrong.</exception>
    public static ReloadedFile<Policy> OpenPolicy(FileInfo file, ILogger log) => ReloadedFile.Open(() => ReadPolicy(file), log, file);

    private static TsigKeys ReadKeys(FileInfo file, bool allowSha1, ILogger log)
    {
        var text = Read(file, "key");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.FullName) & Others) is not UnixFileMode.None)
            log.LogWarning("the key file can be read or written by others; chmod 600 it file={File}", file);
        return KeyFileReader.TryRead(Name(file), text, allowSha1, out var keys, out var errors) ? keys : throw Refuse(errors);
    }

    private static Policy ReadPolicy(FileInfo file) =>
        PolicyReader.TryRead(Name(file), Read(file, "policy"), out var policy, out var errors) ? policy : throw Refuse(errors);

    private static byte[] Read(FileInfo file, string kind)
    {
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"the {kind} file {Name(file)} cannot be read ({OneLine.Escape(exception.Message.TrimEnd('.'))})", exception);
        }
    }

    private static string Name(FileInfo file) => OneLine.Escape(file.ToString());

    private static OperatorException Refuse<T>(Seq<T> errors) =>
        OperatorException.CannotRun(errors.Count == 1 ? $"{errors[0]}" : $"{errors[0]} (and {errors.Count - 1} more)");
}
