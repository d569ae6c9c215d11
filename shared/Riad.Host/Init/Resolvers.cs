using System.Collections.Immutable;
using Riad.Core;
using Riad.Net.Machine;

namespace Riad.Host.Init;

/// <summary>Who is asked for names: what the operator set, then what the networks said, interface by interface.</summary>
/// <param name="preferred">What the operator set.</param>
/// <param name="file">Where it is written, beside a file of the same name with <c>.new</c>.</param>
/// <param name="log">The console.</param>
internal sealed class Resolvers(ImmutableArray<IpAddress> preferred, string file, MachineLog log)
{
    private readonly Lock writing = new();
    private readonly SortedDictionary<string, (ImmutableArray<NameServer> Servers, string? Domain)> said = new(StringComparer.Ordinal);
    private string? written;

    /// <summary>Takes what a source says now, instead of what it said before.</summary>
    /// <param name="card">The interface; those of the first are asked first.</param>
    /// <param name="source">How it was said; within an interface, sources are asked in the order of their names.</param>
    /// <param name="servers">None takes it back.</param>
    /// <param name="domain">What to add to short names, or null.</param>
    public void Set(string card, string source, IEnumerable<IpAddress> servers, string? domain)
    {
        lock (writing)
        {
            said[$"{card} {source}"] = ([.. servers.Select(server => new NameServer(server, card))], domain);
            var text = ResolverFile.Write(preferred.Select(server => new NameServer(server, Interface: null)).Concat(said.Values.SelectMany(each => each.Servers)), said.Values.Select(each => each.Domain).OfType<string>());
            if (text == written)
                return;
            written = text;
            try
            {
                // In one step, so that nobody reads half of it.
                File.WriteAllText(file + ".new", text);
                File.Move(file + ".new", file, overwrite: true);
            }
            catch (IOException exception)
            {
                log.Say($"{file} cannot be written: {exception.Message}");
            }
        }
    }
}
