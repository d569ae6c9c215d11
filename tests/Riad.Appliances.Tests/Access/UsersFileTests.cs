using Microsoft.Extensions.Logging.Abstractions;
using Riad.DnsPrimaryGit.Access;
using Riad.Host;
using Xunit;

namespace Riad.Appliances.Tests.Access;

public sealed class UsersFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("riad-").FullName;

    private FileInfo File => new(Path.Combine(folder, "users"));

    [Fact]
    public void Only_its_owner_can_read_it_and_nothing_is_left_beside_it()
    {
        UsersFile.Write(File, Table("ada"));
        UsersFile.Write(File, Table("bob"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.UnixFileMode);
        Assert.Equal(File.FullName, Assert.Single(Directory.EnumerateFileSystemEntries(folder)));
        Assert.True(UsersFile.Read(File).TryFind("bob", out _));
    }

    [Fact]
    public void A_missing_file_says_how_to_make_one() => Assert.Equal(
        $"the users file {File} does not exist; 'dns-primary-git user add NAME --users FILE' creates it",
        Assert.Throws<OperatorException>(() => UsersFile.Read(File)).Message);

    [Fact]
    public void A_change_is_seen_and_a_bad_change_is_not()
    {
        UsersFile.Write(File, Table("ada"));
        var users = UsersFile.Open(File, NullLogger.Instance);
        var seen = new List<int>();
        users.OnChange(table => seen.Add(table.Count));

        UsersFile.Write(File, Table("ada").With(Name("bob"), Hash));
        users.Check();
        System.IO.File.WriteAllText(File.FullName, "nonsense");
        users.Check();
        System.IO.File.Delete(File.FullName);
        users.Check();

        Assert.Equal(2, users.Current.Count);
        Assert.Equal([2], seen);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static PasswordHash Hash => PasswordHash.Create("x", new byte[16], 1000);

    private static UserTable Table(string name) => UserTable.Empty.With(Name(name), Hash);

    private static UserName Name(string text) => UserName.TryParse(text, out var name) ? name : throw new ArgumentException(text);
}
