using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Riad.Host.Tests;

public sealed class ReloadedFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private FileInfo File => new(Path.Combine(folder.Path, "keys"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_that_changed_is_read_again_and_a_bad_one_leaves_what_was_read_before()
    {
        Write("one");
        var reloaded = ReloadedFile.Open(Read, NullLogger.Instance, File);
        var told = new List<string>();
        reloaded.OnChange(told.Add);

        reloaded.Check();
        Write("a second");
        reloaded.Check();
        Write("bad");
        reloaded.Check();

        Assert.Equal("a second", reloaded.Current);
        Assert.Equal(["a second"], told);
    }

    [Theory, InlineData("key one"), InlineData("bad")]
    public void A_file_that_is_written_while_it_is_read_is_taken_once_it_is_whole(string part)
    {
        Write("key zero");
        var rest = "";
        var reloaded = ReloadedFile.Open(
            () =>
            {
                var text = System.IO.File.ReadAllText(File.FullName);
                System.IO.File.AppendAllText(File.FullName, rest);
                return Judge(text);
            },
            NullLogger.Instance, File);
        var told = new List<string>();
        reloaded.OnChange(told.Add);

        (rest, var whole) = (", key two", part + ", key two");
        Write(part);
        reloaded.Check();
        Assert.Equal("key zero", reloaded.Current);

        rest = "";
        reloaded.Check();
        Assert.Equal(whole, reloaded.Current);
        Assert.Equal([whole], told);
    }

    private string Read() => Judge(System.IO.File.ReadAllText(File.FullName));

    private static string Judge(string text) => text is not "bad" ? text : throw OperatorException.CannotRun("bad");

    private void Write(string text) => System.IO.File.WriteAllText(File.FullName, text);
}
