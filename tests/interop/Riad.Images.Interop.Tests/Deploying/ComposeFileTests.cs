using Riad.Images.Interop.Tests.Running;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>The compose file, as Docker's own program reads it: against the schema of the specification, and with its merges carried out.</summary>
public sealed class ComposeFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("riad-compose-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [NeedsFact("docker-compose")]
    public void It_is_what_the_specification_demands()
    {
        var said = Read(File.ReadAllText(Checkout.PathOf("docs", "deploy", "compose.yaml"))).MustSucceed();

        // Of the services: docker-compose 2 writes it at their volumes, too.
        Assert.Equal(3, said.Output.Split('\n').Count(static line => line == "    read_only: true"));
        Assert.Equal(3, said.Output.Split("no-new-privileges").Length - 1);
    }

    [NeedsFact("docker-compose")]
    public void A_key_that_there_is_not_would_be_found()
    {
        var said = Read(File.ReadAllText(Checkout.PathOf("docs", "deploy", "compose.yaml")).Replace("cap_drop:", "caps_drop:", StringComparison.Ordinal));

        Assert.False(said.Succeeded);
        Assert.Contains("caps_drop", said.Error, StringComparison.Ordinal);
    }

    private ToolResult Read(string file)
    {
        File.WriteAllText(Path.Combine(folder, "compose.yaml"), file);
        return Tool.Run("docker-compose", ["--file", "compose.yaml", "config"], folder, new(StringComparer.Ordinal) { ["HOME"] = folder });
    }
}
