using System.Collections.Immutable;
using Riad.Core;
using Riad.Net.Machine;

namespace Riad.Host.Init;

/// <summary>Who is asked for names: what the operator set, then what the networks said, interface by interface.</summary>
internal sealed class Resolvers(ImmutableArray<IpAddress> preferred, MachineLog log)
{
    private const string Target = FileSystems.Run + "/resolv.conf";

    private readonly Lock writing = new();
    private readonly SortedDictionary<string, (ImmutableArray<IpAddress> Servers, string? Domain)> said = new(StringComparer.Ordinal);
    private string written = "";

    /// <summary>Takes what a source says now, instead of what it said before.</summary>
    /// <param name="source">An interface and how it was said; sources are asked in the order of their names.</param>
    /// <param name="servers">None takes it back.</param>
    /// <param name="domain">What to add to short names, or null.</param>
    public void Set(string source, IEnumerable<IpAddress> servers, string? domain)
    {
        lock (writing)
        {
            said[source] = ([.. servers], domain);
            var text = ResolverFile.Write(preferred.Concat(said.Values.SelectMany(each => each.Servers)), said.Values.Select(each => each.Domain).OfType<string>());
            if (text == written)
                return;
            written = text;
            try
            {
                // In one step, so that nobody reads half of it.
                File.WriteAllText(Target + ".new", text);
                File.Move(Target + ".new", Target, overwrite: true);
            }
            catch (IOException exception)
            {
                log.Say($"{Target} cannot be written: {exception.Message}");
            }
        }
    }
}
