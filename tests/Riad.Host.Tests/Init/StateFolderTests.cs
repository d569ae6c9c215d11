using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class StateFolderTests : IDisposable
{
    // lchown(2) leaves the owner as it is.
    private const uint Nobody = uint.MaxValue;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void It_is_made_where_it_was_set_and_may_be_there_already()
    {
        Assert.Null(StateFolder.Prepare(folder.PathOf("x"), folder.Path, Nobody));
        Assert.Null(StateFolder.Prepare(folder.PathOf("x/"), folder.Path, Nobody));
        Assert.True(Directory.Exists(folder.PathOf("x")));
    }

    [Theory]
    [InlineData("/data")]
    [InlineData("/data/x/y")]
    [InlineData("/var/x")]
    [InlineData("/data/crashes")]
    [InlineData("/data/lost+found")]
    [InlineData("/")]
    public void Elsewhere_it_is_refused_with_what_to_write(string path) =>
        Assert.Equal($"riad.state: '{path}' will not do; write a folder of its own directly below /data, such as /data/state", StateFolder.Prepare(path, owner: Nobody));

    [Fact]
    public void What_is_in_its_place_is_a_fault_that_a_person_can_read()
    {
        File.WriteAllText(folder.PathOf("x"), "");

        Assert.StartsWith(folder.PathOf("x") + " cannot be made: ", StateFolder.Prepare(folder.PathOf("x"), folder.Path, Nobody), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
