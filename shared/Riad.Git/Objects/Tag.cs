using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Riad.Git.Objects;

/// <summary>An annotated tag.</summary>
/// <remarks>Source: git-mktag(1).</remarks>
public sealed class Tag
{
    private readonly ReadOnlyMemory<byte> octets;
    private readonly Range message;

    private Tag(ReadOnlyMemory<byte> octets, ObjectId target, ObjectKind targetKind, string name, Signature? tagger, Range message)
    {
        (this.octets, this.message) = (octets, message);
        (Target, TargetKind, Name, Tagger) = (target, targetKind, name, tagger);
    }

    /// <summary>What is tagged.</summary>
    public ObjectId Target { get; }

    /// <summary>What the tag says that its target is.</summary>
    public ObjectKind TargetKind { get; }

    /// <summary>The tag's name, without <c>refs/tags/</c>.</summary>
    public string Name { get; }

    /// <summary>Who tagged; null in tags of very old repositories.</summary>
    public Signature? Tagger { get; }

    /// <summary>The message; octets that are not UTF-8 appear as U+FFFD.</summary>
    public string Message => Encoding.UTF8.GetString(octets.Span[message]);

    /// <summary>The exact content of the object.</summary>
    public ReadOnlyMemory<byte> Octets => octets;

    /// <summary>Reads a tag from its content.</summary>
    /// <param name="content">Kept, not copied.</param>
    /// <param name="tag">Null when false is returned.</param>
    /// <param name="error">The first fault.</param>
    public static bool TryParse(ReadOnlyMemory<byte> content, [NotNullWhen(true)] out Tag? tag, out ObjectError error)
    {
        tag = null;
        var span = content.Span;
        var lines = new HeaderLines(span);
        if (!lines.TryTake("object"u8, out var targetText))
            return Fail(ObjectFault.MissingObject, lines.Position, out error);
        if (!ObjectId.TryParse(span[targetText], out var target))
            return Fail(ObjectFault.BadObjectSha1, targetText.Start.Value, out error);
        if (!lines.TryTake("type"u8, out var typeText))
            return Fail(ObjectFault.MissingTypeEntry, lines.Position, out error);
        if (!ObjectKinds.TryParse(span[typeText], out var kind))
            return Fail(ObjectFault.BadType, typeText.Start.Value, out error);
        if (!lines.TryTake("tag"u8, out var nameText))
            return Fail(ObjectFault.MissingTagEntry, lines.Position, out error);
        Signature? tagger = null;
        if (lines.TryTake("tagger"u8, out var taggerText) && !Signature.TryParse(content[taggerText], out tagger, out error))
            return Fail(error.Fault, taggerText.Start.Value + error.Offset, out error);
        _ = lines.TakeRest();
        error = default;
        tag = new(content, target, kind, Encoding.UTF8.GetString(span[nameText]), tagger, Math.Min(lines.Position + 1, content.Length)..content.Length);
        return true;
    }

    private static bool Fail(ObjectFault fault, int offset, out ObjectError error)
    {
        error = new(fault, offset);
        return false;
    }
}
