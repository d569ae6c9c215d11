using System.Collections.Immutable;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Serving;

/// <summary>Whether a commit is served: a closed family.</summary>
public abstract record PushVerdict
{
    private PushVerdict(ImmutableArray<string> lines) => Lines = lines;

    /// <summary>For the person who pushed, without control characters, at most <see cref="OutputLines.Max"/>.</summary>
    public ImmutableArray<string> Lines { get; }

    /// <summary>Nothing changes.</summary>
    /// <param name="Lines">Each fault, with file, line and column where it has one.</param>
    public sealed record Refused(ImmutableArray<string> Lines) : PushVerdict(Lines);

    /// <summary>Served, once the branch and then the journal are on disk.</summary>
    /// <param name="Next">What is served then.</param>
    /// <param name="Writing">The journal's entry; null when nothing that is served changes.</param>
    /// <param name="Changes">By zone, in canonical order of names.</param>
    /// <param name="Lines">What changed, then warnings, then what is ignored.</param>
    /// <param name="CheckOnly">The person only asked: nothing is to be stored or served.</param>
    public sealed record Accepted(ServedState Next, JournalWriting? Writing, ImmutableArray<ZoneChange> Changes, ImmutableArray<string> Lines, bool CheckOnly) : PushVerdict(Lines);
}
