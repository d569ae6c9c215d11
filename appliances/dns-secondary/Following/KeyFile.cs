using Riad.Dns.Names;
using Riad.Dns.Tsig;
using Riad.Dns.Tsig.Keys;
using Riad.Host;

namespace Riad.DnsSecondary.Following;

/// <summary>The keys of <c>--keys</c>, read at the start and on SIGHUP.</summary>
internal sealed class KeyFile(FileInfo? file, bool allowSha1)
{
    private TsigKeys keys = TsigKeys.None;

    /// <summary>What was read last.</summary>
    public TsigKeys Current => Volatile.Read(ref keys);

    /// <summary>The key of a name; null when there is none.</summary>
    public TsigKey? Find(DomainName name) => Current.Find(name);

    /// <summary>Reads the file.</summary>
    /// <exception cref="OperatorException">It cannot be read, or something in it is wrong: nothing changes.</exception>
    public void Read()
    {
        if (file is null)
            return;
        try
        {
            if (!KeyFileReader.TryRead(file.ToString(), File.ReadAllBytes(file.FullName), allowSha1, out var read, out var errors))
                throw OperatorException.CannotRun($"--keys: {errors[0]}");
            Volatile.Write(ref keys, read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"--keys {file} cannot be read ({OneLine.Escape(exception.Message.TrimEnd('.'))})", exception);
        }
    }
}
