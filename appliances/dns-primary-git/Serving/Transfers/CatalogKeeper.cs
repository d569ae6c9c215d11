using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Riad.Dns.Catalogs;
using Riad.Dns.Names;
using Riad.Dns.Zones;
using Riad.Host;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Serving.Transfers;

/// <summary>Keeps the catalog in step with what is served. Its serial is remembered in the state directory, in the file "catalog".</summary>
internal sealed class CatalogKeeper
{
    private const string FileName = "catalog";

    private readonly DomainName name;
    private readonly string path;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly ReloadedFile<CatalogGroups>? groups;
    private CatalogVersion? version;
    private ImmutableArray<DomainName> listed = [];
    private CatalogGroups listedGroups = CatalogGroups.None;

    private CatalogKeeper(HostServices host, DomainName name)
    {
        (this.name, path, clock, log) = (name, host.State.PathOf(FileName), host.Clock.Provider, host.Log);
        if (host.Settings.Get(TransferSettings.CatalogGroups) is { } file)
            groups = ReloadedFile.Open(() => ReadGroups(file), host.Log, file);
        version = Remember(path);
    }

    /// <summary>The newest version; null before the first.</summary>
    public Zone? Zone { get; private set; }

    /// <summary>Opens what <c>--catalog</c> asks for; null when it does not.</summary>
    /// <param name="host">The process.</param>
    /// <param name="changed">Called when zones moved to other groups.</param>
    /// <exception cref="OperatorException">The groups file, or what is remembered, cannot be read.</exception>
    public static CatalogKeeper? Open(HostServices host, Action changed)
    {
        if (host.Settings.Get(TransferSettings.Catalog) is not { } name)
            return null;
        var keeper = new CatalogKeeper(host, name);
        if (keeper.groups is not { } groups)
            return keeper;
        groups.OnChange(_ => changed());
        host.Background.Run("catalog groups", token => groups.WatchAsync(host.Clock.Provider, token));
        return keeper;
    }

    /// <summary>Lists what is served now. One call at a time.</summary>
    public Zone Follow(ServedState state)
    {
        var known = groups?.Current ?? CatalogGroups.None;
        if (Zone is not null && ReferenceEquals(known, listedGroups) && state.Zones.Keys.SequenceEqual(listed))
            return Zone; // as with almost every change: sorting and hashing all names would cost more than the change itself
        (listed, listedGroups) = ([.. state.Zones.Keys], known);
        var members = state.Zones.Keys.Where(zone => zone != name).Select(zone => new CatalogMember(zone, known.GroupOf(zone))).ToImmutableArray();
        var next = CatalogVersion.Next(version, CatalogZone.DigestOf(members), clock.GetUtcNow().ToUnixTimeSeconds());
        if (Zone is not null && next == version)
            return Zone;
        if (next != version)
            Remember(next);
        version = next;
        return Zone = CatalogZone.Make(name, next.Serial, members);
    }

    private static CatalogGroups ReadGroups(FileInfo file)
    {
        var shown = OneLine.Escape(file.ToString());
        try
        {
            return CatalogGroups.TryRead(File.ReadAllText(file.FullName), out var groups, out var fault)
                ? groups
                : throw OperatorException.CannotRun($"the catalog groups file {shown} is not usable, {OneLine.Escape(fault)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"the catalog groups file {shown} cannot be read ({OneLine.Escape(exception.Message.TrimEnd('.'))})", exception);
        }
    }

    private static CatalogVersion? Remember(string path)
    {
        try
        {
            return File.Exists(path) && CatalogVersion.TryParse(File.ReadAllText(path), out var version) ? version : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"{OneLine.Escape(path)} cannot be read ({OneLine.Escape(exception.Message.TrimEnd('.'))})", exception);
        }
    }

    /// <summary>What cannot be remembered is only made anew after a restart: its serial is a time then, and higher.</summary>
    private void Remember(CatalogVersion next)
    {
        try
        {
            DurableFile.Replace(path, System.Text.Encoding.ASCII.GetBytes($"{next}\n"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("catalog serial not remembered reason={Reason}", OneLine.Escape(exception.Message));
        }
    }
}
