using Riad.Git.Io.Storage;
using Riad.Git.Io.Tests.Support;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Io.Tests;

public sealed class SessionObjectsTests
{
    private static readonly ObjectId Unknown = Workplace.Id("1111111111111111111111111111111111111111");

    [Fact]
    public void The_disk_is_looked_at_once_for_what_is_mentioned_and_a_few_times_for_what_is_read()
    {
        using var place = new Workplace();
        var session = new SessionObjects(place.Repository.Database);
        var mentioned = Store(place, "mentioned\n");
        Assert.True(session.Contains(mentioned));
        var late = Store(place, "late\n");
        Assert.False(session.Contains(late));
        Assert.True(session.TryReadHeader(late, out var kind, out var octets));
        Assert.Equal((ObjectKind.Blob, 5), (kind, octets));
        for (var look = 1; look < SessionObjects.MaxLooks; look++)
            Assert.False(session.TryRead(Unknown, out _, out _));
        var tooLate = Store(place, "too late\n");
        Assert.False(session.TryRead(tooLate, out _, out _));
        Assert.True(session.TryRead(late, out _, out _));
        Assert.True(place.Repository.Contains(tooLate));
    }

    /// <summary>Writes an object past the repository that the session has, as git would.</summary>
    private static ObjectId Store(Workplace place, string content)
    {
        var blob = GitObject.Create(ObjectKind.Blob, System.Text.Encoding.ASCII.GetBytes(content));
        Repository.Open(place.Bare).WriteObjects([blob]).Dispose();
        return blob.Id;
    }
}
