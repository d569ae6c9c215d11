namespace Riad.Images.Trees;

/// <summary>What stands at one path of a file tree.</summary>
public abstract record Node
{
    private Node()
    {
    }

    /// <summary>The user and the group that own it; 0 is root.</summary>
    public int Owner { get; init; }

    /// <summary>A folder.</summary>
    /// <param name="Mode">The nine permission bits, and the sticky bit.</param>
    public sealed record Folder(int Mode) : Node;

    /// <summary>A regular file.</summary>
    /// <param name="Content">Its octets.</param>
    /// <param name="Mode">The nine permission bits.</param>
    public sealed record File(ReadOnlyMemory<byte> Content, int Mode) : Node;

    /// <summary>A symbolic link.</summary>
    /// <param name="Target">Where it points, relative to its folder or from the root.</param>
    public sealed record Link(string Target) : Node;

    /// <summary>A character device, which exists in an archive without anybody's privilege.</summary>
    /// <param name="Major">Which driver.</param>
    /// <param name="Minor">Which of its devices.</param>
    /// <param name="Mode">The nine permission bits.</param>
    public sealed record Device(int Major, int Minor, int Mode) : Node;
}
