namespace Riad.Dns.MasterFiles;

/// <summary>Gives the files that $INCLUDE names. The reader itself opens none.</summary>
public interface IIncludes
{
    /// <summary>Gives a file's octets.</summary>
    /// <param name="path">From the root of the repository, with / between folders; never absolute, without "." and "..", never a key file.</param>
    /// <param name="text">The whole file; empty when it is refused.</param>
    /// <param name="refusal">None when it is given.</param>
    bool TryOpen(string path, out ReadOnlyMemory<byte> text, out IncludeRefusal refusal);
}
