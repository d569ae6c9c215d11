using Riad.Git.Io.Remotes;
using Riad.Git.Io.Tests.Http;
using Xunit;

namespace Riad.Git.Io.Tests.Remotes;

public sealed class ProgramPathTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Delete();

    [Fact]
    public void The_first_folder_with_a_file_that_can_be_started_counts()
    {
        var (plain, first, second) = (Make("plain", isProgram: false), Make("first", isProgram: true), Make("second", isProgram: true));

        Assert.Equal(Path.Combine(first, "ssh"), ProgramPath.Find("ssh", $"{scratch.Path}/none:{plain}:{first}:{second}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":.:bin")]
    [InlineData("/nonexistent")]
    public void A_list_without_it_finds_nothing(string folders) => Assert.Null(ProgramPath.Find("sh", folders));

    [Fact]
    public void Without_a_list_the_folders_of_the_system_count() => Assert.EndsWith("/sh", ProgramPath.Find("sh", folders: null), StringComparison.Ordinal);

    private string Make(string name, bool isProgram)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch.Path, name)).FullName;
        var program = Path.Combine(folder, "ssh");
        File.WriteAllText(program, "#!/bin/sh\n");
        if (isProgram && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return folder;
    }
}
