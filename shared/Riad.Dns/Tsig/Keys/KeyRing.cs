using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Tsig.Keys;

/// <summary>The keys of all sources, one for each name, and what was left out.</summary>
/// <param name="Keys">What messages are verified and signed with.</param>
/// <param name="Warnings">For a person, in the order of the files.</param>
public sealed record KeyRing(TsigKeys Keys, Seq<KeyError> Warnings)
{
    private const int ShortSecret = 16;

    /// <summary>No key.</summary>
    public static readonly KeyRing Empty = new(TsigKeys.None, []);

    /// <summary>Puts the sources together.</summary>
    /// <param name="given">From the file outside of the repository: always counts.</param>
    /// <param name="files">The _keys files, in the order of their paths; of two keys with one name the first counts.</param>
    public static KeyRing Combine(TsigKeys given, IEnumerable<KeyRecordFile> files)
    {
        var (keys, warnings) = (new SortedDictionary<DomainName, TsigKey>(), ImmutableArray.CreateBuilder<KeyError>());
        foreach (var file in files)
        {
            warnings.AddRange(file.Errors);
            foreach (var (key, at) in file.Keys)
            {
                var shown = key.Name.ToStringWithoutFinalDot();
                if (given.Find(key.Name) is { } outside)
                {
                    if (!outside.IsSameAs(key))
                        warnings.Add(new(at, KeyFault.Shadowed, shown));
                }
                else if (!keys.TryAdd(key.Name, key))
                    warnings.Add(new(at, KeyFault.NameTaken, shown));
                else if (key.Secret.Length < ShortSecret)
                    warnings.Add(new(at, KeyFault.SecretShort, shown));
            }
        }
        return new(TsigKeys.Create([.. given, .. keys.Values]), warnings.ToSeq());
    }
}
