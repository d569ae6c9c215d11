using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Tar;
using Riad.Images.Trees;

namespace Riad.Images.Packages;

/// <summary>The files of one or several packages, by path.</summary>
public sealed class PackageFiles
{
    // Chains of links in Debian's packages have one or two members.
    private const int MostLinks = 8;

    private readonly ImmutableSortedDictionary<string, Node> nodes;

    private PackageFiles(ImmutableSortedDictionary<string, Node> nodes) => this.nodes = nodes;

    /// <summary>No files.</summary>
    public static PackageFiles None { get; } = new(ImmutableSortedDictionary.Create<string, Node>(StringComparer.Ordinal));

    /// <summary>Where there is something, in order.</summary>
    public IEnumerable<string> Paths => nodes.Keys;

    /// <summary>Reads the archive of a package's files.</summary>
    /// <param name="tar">Not compressed any more.</param>
    /// <exception cref="FormatException">It is no tar archive. The package's hash was checked before, so Debian itself would have shipped it.</exception>
    public static PackageFiles Read(Stream tar)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, Node>(StringComparer.Ordinal);
        using var reader = new TarReader(tar, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            var path = Clean(entry.Name);
            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                    found[path] = new Node.File(ReadContent(entry), (int)entry.Mode);
                    break;
                case TarEntryType.SymbolicLink:
                    found[path] = new Node.Link(entry.LinkName);
                    break;
                case TarEntryType.HardLink:
                    found[path] = new Node.Link("/" + Clean(entry.LinkName));
                    break;
                default:
                    break;
            }
        }
        return new(found.ToImmutable());
    }

    /// <summary>These files and another package's.</summary>
    public PackageFiles With(PackageFiles other) => new(nodes.SetItems(other.nodes));

    /// <summary>What a path holds, links followed.</summary>
    /// <param name="path">Without a slash in front.</param>
    /// <param name="content">The file's octets.</param>
    public bool TryFind(string path, out ReadOnlyMemory<byte> content)
    {
        content = default;
        for (var links = 0; links <= MostLinks; links++)
        {
            if (!TryGet(path, out var node))
            {
                if (!TryEnterLink(ref path))
                    return false;
                continue;
            }
            if (node is Node.File file)
            {
                content = file.Content;
                return true;
            }
            path = Follow(path, ((Node.Link)node).Target);
        }
        return false;
    }

    // A folder on the way may be a link: packages of one source have their documentation in common.
    private bool TryEnterLink(ref string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (!nodes.TryGetValue(path[..end], out var node) || node is not Node.Link(var target))
                continue;
            path = Follow(path[..end], target) + path[end..];
            return true;
        }
        return false;
    }

    // Debian moves files from /lib to /usr/lib, package by package, and one is a link to the other.
    private bool TryGet(string path, [NotNullWhen(true)] out Node? node) =>
        nodes.TryGetValue(path, out node)
        || nodes.TryGetValue("usr/" + path, out node)
        || (path.StartsWith("usr/", StringComparison.Ordinal) && nodes.TryGetValue(path[4..], out node));

    private static string Follow(string path, string target)
    {
        var steps = new List<string>();
        var from = target.StartsWith('/') ? "" : path[..(path.LastIndexOf('/') + 1)];
        foreach (var step in (from + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == "..")
            {
                if (steps.Count > 0)
                    steps.RemoveAt(steps.Count - 1);
            }
            else if (step != ".")
            {
                steps.Add(step);
            }
        }
        return string.Join('/', steps);
    }

    private static string Clean(string name) => (name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name).Trim('/');

    private static byte[] ReadContent(TarEntry entry)
    {
        using var content = new MemoryStream();
        entry.DataStream?.CopyTo(content);
        return content.ToArray();
    }
}
