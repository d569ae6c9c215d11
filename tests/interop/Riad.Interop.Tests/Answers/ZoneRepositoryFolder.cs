using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Answers;

/// <summary>A bare repository with zones in it, made by real git, and room for the appliance's state beside it.</summary>
internal sealed class ZoneRepositoryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-zones-");

    public ZoneRepositoryFolder(IReadOnlyList<PeerZone> zones)
    {
        var work = Path.Combine(folder.FullName, "work");
        Directory.CreateDirectory(work);
        Tool.Git(work, "init", "-q", "-b", "main").MustSucceed();
        foreach (var zone in zones)
            File.Copy(zone.File, Path.Combine(work, $"{zone.Name}.zone"));
        Tool.Git(work, "add", "-A").MustSucceed();
        Tool.Git(work, "commit", "-q", "-m", "zones").MustSucceed();
        Tool.Git(folder.FullName, "clone", "-q", "--bare", work, Repository).MustSucceed();
    }

    public string Repository => Path.Combine(folder.FullName, "zones.git");

    public string State => Path.Combine(folder.FullName, "state");

    public void Dispose() => folder.Delete(recursive: true);
}
