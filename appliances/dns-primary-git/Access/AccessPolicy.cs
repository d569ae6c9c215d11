using System.Collections.Immutable;
using System.Text;
using Riad.Core;
using Riad.Host.Http;
using Riad.Host.Settings;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>Who may do what. A pure function from a request's facts to a verdict.</summary>
/// <param name="HasUsers">True when there is a users file.</param>
/// <param name="PublicRead">True when everybody may fetch and look.</param>
/// <param name="Proxies">Whose forwarding headers are believed.</param>
/// <remarks>
/// Outside loopback nobody pushes without a user and TLS, and nobody reads without them unless reading is public. On
/// loopback without users everybody on the host may push; a web page that a browser on the host shows must not, so what
/// looks like a browser's or a proxy's request is refused there.
/// </remarks>
internal sealed record AccessPolicy(bool HasUsers, bool PublicRead, ImmutableArray<IpAddress> Proxies)
{
    private const int MostForwards = 20;
    private const string UsersOption = "--users FILE";

    private static readonly AccessVerdict Allow = new AccessVerdict.Allow();
    private static readonly AccessVerdict AllowBrief = new AccessVerdict.AllowBrief();

    /// <summary>As the operator set it.</summary>
    public static AccessPolicy Of(SettingValues settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.Get(AccessSettings.Users) is not null, settings.Get(AccessSettings.PublicRead), settings.Get(AccessSettings.BehindProxy));
    }

    /// <summary>Decides.</summary>
    public AccessVerdict Decide(AccessFacts facts)
    {
        var verdict = DecideFully(facts);
        // A load balancer asks from anywhere; it learns no more than it needs.
        return facts.Kind is AccessKind.Health && verdict is not AccessVerdict.Allow ? AllowBrief : verdict;
    }

    /// <summary>Who sends a request: a proxy's word counts where the operator named the proxy.</summary>
    public IpAddress ClientOf(RequestFacts request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return IsProxy(request.Peer) ? BehindProxy(request) : request.Peer;
    }

    /// <summary>True when nobody between the client and us can read along: TLS, here or at a proxy of ours, or this host.</summary>
    public bool IsPrivate(RequestFacts request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return IsProxy(request.Peer) ? LastOf(request.ForwardedProto) == "https" : request.IsTls || request.Peer.IsLoopback;
    }

    private AccessVerdict DecideFully(AccessFacts facts)
    {
        var request = facts.Request;
        // Changes nothing but when the remote is read, and comes from wherever the forge is.
        if (facts.Kind is AccessKind.Hook)
            return Allow;
        if (facts.Kind is AccessKind.Health && IsFromHere(request))
            return Allow;
        if (IsProxy(request.Peer) || !request.Peer.IsLoopback)
            return DecideOutside(facts, ClientOf(request), IsPrivate(request));
        if (request.IsForwarded)
            return new AccessVerdict.Refuse($"this came through a proxy that is not known; start with --behind-proxy {request.Peer}");
        if (facts.Kind is AccessKind.Push && RefusePage(request) is { } refusedPush)
            return refusedPush;
        return HasUsers ? DecideLocalUsers(facts) : DecideLocal(request);
    }

    // dns-primary-git health, where HTTP does not listen on loopback.
    private bool IsFromHere(RequestFacts request) =>
        request.IsFromOwnAddress && !IsProxy(request.Peer) && !request.IsForwarded && (RefuseForeignHost(request) ?? RefuseBrowser(request)) is null;

    private AccessVerdict DecideOutside(AccessFacts facts, IpAddress client, bool isSecure)
    {
        if (facts.Kind is AccessKind.Push && RefusePage(facts.Request) is { } refusedPush)
            return refusedPush;
        if (PublicRead && facts.Kind is (AccessKind.Fetch or AccessKind.Page))
            return Allow;
        if (!HasUsers)
            return new AccessVerdict.Refuse("from outside only known users are let in, and there are none; start with --users FILE and TLS");
        // Not even asked for a password: it would come in the clear.
        return isSecure
            ? new AccessVerdict.Authenticate(client)
            : new AccessVerdict.Refuse("from outside only TLS is let in; use https, or start with --tls-certificate and --tls-key, or behind a proxy with --behind-proxy");
    }

    private AccessVerdict DecideLocalUsers(AccessFacts facts) => facts.Kind switch
    {
        AccessKind.Push => new AccessVerdict.Authenticate(facts.Request.Peer),
        AccessKind.Hook => Allow,
        AccessKind.Fetch or AccessKind.Page => PublicRead ? Allow : new AccessVerdict.Authenticate(facts.Request.Peer),
        // Without a password to keep others out, a page could read these by a name that it controls.
        AccessKind.Health or AccessKind.Metrics => RefuseForeignHost(facts.Request) ?? Allow,
    };

    private static AccessVerdict DecideLocal(RequestFacts request) => RefuseForeignHost(request) ?? RefuseBrowser(request) ?? Allow;

    private static AccessVerdict.Refuse? RefuseBrowser(RequestFacts request) => Refuse(request.FindBrowser(UsersOption));

    // With users, too: a page could use the password that its browser remembers.
    private static AccessVerdict.Refuse? RefusePage(RequestFacts request) =>
        request.FindBrowser(UsersOption) is null ? null : new("a web page sent this, and none may push; use git");

    private static AccessVerdict.Refuse? RefuseForeignHost(RequestFacts request) => Refuse(request.FindForeignHost(UsersOption));

    // From the right: the first that is no proxy of ours. What stands further left anybody can have written.
    private IpAddress BehindProxy(RequestFacts request)
    {
        var nearest = request.Peer;
        foreach (var text in request.ForwardedFor.Reverse().Take(MostForwards))
        {
            if (!TryReadAddress(text.Trim(), out var address))
                break;
            nearest = address;
            if (!IsProxy(address))
                break;
        }
        return nearest;
    }

    private static bool TryReadAddress(string text, out IpAddress address)
    {
        if (IpEndpoint.TryParse(text, out var endpoint))
        {
            address = endpoint.Address.Unmapped;
            return true;
        }
        var isRead = IpAddress.TryParse(Encoding.UTF8.GetBytes(text is ['[', .., ']'] ? text[1..^1] : text), out address);
        address = address.Unmapped;
        return isRead;
    }

    private bool IsProxy(IpAddress address) => Proxies.Contains(address);

    private static string? LastOf(string? list) => list?.Split(',')[^1].Trim();

    private static AccessVerdict.Refuse? Refuse(string? sentence) => sentence is null ? null : new(sentence);
}
