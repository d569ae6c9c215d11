using Riad.Dns.Names;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;
using Riad.Dns.Tsig.Keys;
using Riad.Host;

namespace Riad.DnsSecondary.Following;

/// <summary>The keys of <c>--keys</c> and the rights of <c>--policy</c>, read at the start and on SIGHUP.</summary>
internal sealed class KeyFile(FileInfo? keyFile, FileInfo? policyFile, bool allowSha1)
{
    private TsigKeys keys = TsigKeys.None;
    private Rights rights = Rights.ByKeyNames;

    /// <summary>The keys that were read last.</summary>
    public TsigKeys Current => Volatile.Read(ref keys);

    /// <summary>Who may transfer from us and notify us.</summary>
    public Rights Rights => Volatile.Read(ref rights);

    /// <summary>The key of a name; null when there is none.</summary>
    public TsigKey? Find(DomainName name) => Current.Find(name);

    /// <summary>Reads both files.</summary>
    /// <exception cref="OperatorException">One cannot be read, or something in it is wrong: nothing changes.</exception>
    public void Read()
    {
        var nextKeys = keyFile is null ? TsigKeys.None : ReadKeys(keyFile);
        var nextRights = policyFile is null ? Rights.ByKeyNames : new(ReadPolicy(policyFile));
        Volatile.Write(ref keys, nextKeys);
        Volatile.Write(ref rights, nextRights);
    }

    private TsigKeys ReadKeys(FileInfo file) => KeyFileReader.TryRead(file.ToString(), ReadOctets("--keys", file), allowSha1, out var read, out var errors)
        ? read
        : throw OperatorException.CannotRun($"--keys: {errors[0]}");

    private static Policy ReadPolicy(FileInfo file) => PolicyReader.TryRead(file.ToString(), ReadOctets("--policy", file), out var read, out var errors)
        ? read
        : throw OperatorException.CannotRun($"--policy: {errors[0]}");

    private static byte[] ReadOctets(string option, FileInfo file)
    {
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"{option} {file} cannot be read ({OneLine.Escape(exception.Message.TrimEnd('.'))})", exception);
        }
    }
}
