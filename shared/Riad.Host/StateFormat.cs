using System.Text;

namespace Riad.Host;

/// <summary>Which program keeps its state in a folder, and in which version: the file <c>format</c>, one line.</summary>
public static class StateFormat
{
    private const string FileName = "format";

    /// <summary>What the file says, or null while there is none. An empty one says nothing: the power failed before it was written.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? Find(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } format ? format : null;
    }

    /// <summary>Tells whether the file is there and says nothing.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsEmpty(string folder) => Find(folder) is null && File.Exists(Path.Combine(folder, FileName));

    /// <summary>Writes the file; on disk when it returns, so before whatever is kept in this format.</summary>
    /// <param name="folder">The state directory.</param>
    /// <param name="format">Program and version, such as <c>dns-secondary 1</c>.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string folder, string format) => DurableFile.Replace(Path.Combine(folder, FileName), Encoding.UTF8.GetBytes(format + "\n"));
}
