using System.Collections.Immutable;
using System.Text;

namespace Riad.Images.Trees;

/// <summary>The files of an image, by path. Order is that of the octets, so that the same files always make the same image.</summary>
/// <remarks>Paths have no slash at either end. Every folder on the way to a file is there.</remarks>
public sealed class FileTree
{
    /// <summary>A tree without anything in it.</summary>
    public static FileTree Empty { get; } = new(ImmutableSortedDictionary.Create<string, Node>(StringComparer.Ordinal));

    private FileTree(ImmutableSortedDictionary<string, Node> nodes) => Nodes = nodes;

    /// <summary>Every node, a folder before what is in it.</summary>
    public ImmutableSortedDictionary<string, Node> Nodes { get; }

    /// <summary>The tree with a node more, or with another one at the same path; missing folders above it are added.</summary>
    /// <exception cref="ArgumentException">The path is empty, begins or ends with a slash, or climbs.</exception>
    public FileTree With(string path, Node node)
    {
        var steps = path.Split('/');
        if (steps.Any(step => step is "" or "." or ".."))
            throw new ArgumentException($"'{path}' is no path inside a tree", nameof(path));

        var nodes = Nodes.ToBuilder();
        for (var depth = 1; depth < steps.Length; depth++)
            nodes.TryAdd(string.Join('/', steps[..depth]), new Node.Folder(Modes.Program));
        nodes[path] = node;
        return new(nodes.ToImmutable());
    }

    /// <summary>The tree with a text file more, readable by everybody.</summary>
    public FileTree WithText(string path, string text) => With(path, new Node.File(Encoding.UTF8.GetBytes(text), Modes.Text));

    /// <summary>The tree with a folder more.</summary>
    public FileTree WithFolder(string path, int mode = Modes.Program, int owner = 0) => With(path, new Node.Folder(mode) { Owner = owner });

    /// <summary>Both trees in one; where both have a path, the other's node counts.</summary>
    public FileTree With(FileTree other) => new(Nodes.SetItems(other.Nodes));
}
