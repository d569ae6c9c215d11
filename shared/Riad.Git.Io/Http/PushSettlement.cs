using System.Collections.Immutable;
using Riad.Git.Io.References;
using Riad.Git.Objects;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>The verdicts on the refs of one push, and how they are carried out.</summary>
/// <remarks>Mutable, one owner. Verdicts are only added: what is refused stays refused, with the first reason.</remarks>
public sealed class PushSettlement
{
    /// <summary>Why a command is refused whose ref is not any more what the client saw.</summary>
    public const string Overtaken = "the ref has moved meanwhile: fetch first";

    private const int ObjectLimit = 50_000_000;

    private readonly Repository repository;
    private readonly PushRequest push;
    private readonly string?[] refusals;
    private Companions companions = new("", []);

    /// <summary>Begins with every ref accepted.</summary>
    public PushSettlement(Repository repository, PushRequest push)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(push);
        (this.repository, this.push) = (repository, push);
        refusals = new string?[push.Commands.Length];
    }

    /// <summary>The commands that are not refused so far.</summary>
    public IEnumerable<RefCommand> Accepted => push.Commands.Where((_, index) => refusals[index] is null);

    /// <summary>Refuses every command of which <paramref name="find"/> gives a reason.</summary>
    public void Refuse(Func<RefCommand, string?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        for (var index = 0; index < refusals.Length; index++)
            refusals[index] ??= find(push.Commands[index]);
    }

    /// <summary>Applies a policy, refuses refs that are named twice, and refs whose history is not whole.</summary>
    public void Refuse(RefPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var repeated = push.Commands.GroupBy(command => command.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        Refuse(command => repeated.Contains(command.Name) ? "the push names this ref twice" : null);
        Refuse(command => policy.FindRefusal(command, Current(command.Name), push.Quarantine));
        RefuseUnconnected();
    }

    /// <summary>Says which refs of our own move in one transaction with a ref of the push, after it, or not at all.</summary>
    /// <param name="name">The ref of the push.</param>
    /// <param name="updates">The refs of our own.</param>
    public void Accompany(string name, ImmutableArray<RefUpdate> updates) => companions = new(name, updates);

    /// <summary>In an atomic push, refuses the rest once one ref is refused.</summary>
    public void RefuseRestOfAtomic()
    {
        if (push.IsAtomic && Array.Exists(refusals, refusal => refusal is not null))
            Refuse(_ => "atomic push: another ref was refused");
    }

    /// <summary>Carries the verdicts out: objects and refs are on disk afterwards.</summary>
    public PushReport Settle()
    {
        // Whoever lost a race while the push was looked at shall not leave objects that no ref names.
        Refuse(command => Current(command.Name) == command.Old ? null : Overtaken);
        RefuseRestOfAtomic();
        var accepted = Accepted.ToList();
        if (accepted.Count > 0)
        {
            push.Quarantine.Promote();
            Update(accepted);
        }
        return Report();
    }

    /// <summary>Changes nothing, and says what would become of each ref.</summary>
    /// <param name="reason">Why refs that could be accepted are not.</param>
    public PushReport Refrain(string reason)
    {
        Refuse(_ => reason);
        return Report();
    }

    private PushReport Report() => PushReport.Of(push.Commands.Select((command, index) => new RefOutcome(command.Name, refusals[index])));

    private ObjectId Current(string name) => repository.TryReadRef(name, out var id) ? id : ObjectId.Zero;

    private void RefuseUnconnected()
    {
        var tips = Accepted.Where(command => !command.IsDeletion).Select(command => command.New).Distinct().ToList();
        if (tips.Count == 0 || push.Quarantine.TryCheckConnected(tips, ObjectLimit, out _))
            return;
        var missing = new Dictionary<ObjectId, ObjectId>();
        foreach (var tip in tips)
        {
            if (!push.Quarantine.TryCheckConnected([tip], ObjectLimit, out var lacking))
                missing.Add(tip, lacking);
        }
        Refuse(command => missing.TryGetValue(command.New, out var lacking) ? $"missing necessary objects: {lacking}" : null);
    }

    private void Update(List<RefCommand> accepted)
    {
        if (TryUpdate(accepted, out var error))
            return;
        if (push.IsAtomic || accepted.Count == 1)
        {
            Refuse(command => string.Equals(command.Name, error.Name, StringComparison.Ordinal) || accepted.Count == 1 ? error.Message : null);
            RefuseRestOfAtomic();
            return;
        }
        foreach (var command in accepted)
        {
            if (!TryUpdate([command], out var alone))
                Refuse(other => ReferenceEquals(other, command) ? alone.Message : null);
        }
    }

    private bool TryUpdate(List<RefCommand> commands, out RefUpdateError error)
    {
        var updates = commands.Select(command => new RefUpdate(command.Name, command.Old, command.New));
        var ours = commands.Exists(command => string.Equals(command.Name, companions.Name, StringComparison.Ordinal)) ? companions.Updates : [];
        return repository.TryUpdateRefs([.. updates, .. ours], out error);
    }

    private sealed record Companions(string Name, ImmutableArray<RefUpdate> Updates);
}
