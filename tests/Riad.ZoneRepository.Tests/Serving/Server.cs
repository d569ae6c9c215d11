using Riad.Git.Objects;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serving;

namespace Riad.ZoneRepository.Tests.Serving;

/// <summary>A server without a disk: pushes go through the verdict, and what is accepted is stored and served.</summary>
internal sealed class Server(bool strict = false)
{
    public TestRepository Repository { get; } = new();

    public ServedState State { get; set; } = ServedState.Empty;

    public MemoryObjectStore Store => Repository.Store;

    public PushVerdict Judge(PushOptions options = default) => PushCheck.Judge(Store, State, Repository.Commit(), options, strict, TestRepository.Server);

    public IReadOnlyList<string> Push(PushOptions options = default)
    {
        var verdict = Judge(options);
        var accepted = Assert.IsType<PushVerdict.Accepted>(verdict);
        Take(accepted.Next, accepted.Writing);
        return accepted.Lines;
    }

    public IReadOnlyList<string> PushRefused(PushOptions options = default) => Assert.IsType<PushVerdict.Refused>(Judge(options)).Lines;

    public Following Follow(ObjectId commit)
    {
        var following = Following.Of(Store, State, commit, strict, TestRepository.Server);
        Take(following.Next, following.Writing);
        return following;
    }

    /// <summary>The process ends and starts again.</summary>
    public void Restart()
    {
        Assert.True(Journal.TryRead(Store, State.Journal.Tip, out var journal, out var error), error.ToString());
        State = StartUp.Restore(Store, journal);
    }

    public uint SerialOf(string apex) => State.Zones[Zones.Name(apex)].Zone.Serial.Value;

    public void Take(ServedState next, JournalWriting? writing)
    {
        foreach (var item in writing?.Objects ?? [])
            Store.Add(item);
        State = next;
    }
}
