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
    private readonly SortedDictionary<(string Card, string Source), (ImmutableArray<NameServer> Servers, string? Domain)> said = new(Comparer<(string Card, string Source)>.Create(Compare));
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
            said[(card, source)] = ([.. servers.Select(server => new NameServer(server, card))], domain);
            Write();
        }
    }

    /// <summary>Takes back all that was said on an interface.</summary>
    public void Forget(string card)
    {
        lock (writing)
        {
            foreach (var each in said.Keys.Where(each => each.Card == card).ToList())
                said.Remove(each);
            Write();
        }
    }

    private static int Compare((string Card, string Source) one, (string Card, string Source) other) =>
        string.CompareOrdinal(one.Card, other.Card) is not 0 and var order ? order : string.CompareOrdinal(one.Source, other.Source);

    private void Write()
    {
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Say($"{file} cannot be written: {exception.Message}");
        }
    }
}
