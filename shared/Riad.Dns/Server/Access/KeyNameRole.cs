using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Server.Access;

/// <summary>What the name of a key says of it: <c>anything._update.ZONE</c>, <c>anything._transfer.ZONE</c>, <c>anything._notify.ZONE</c>.</summary>
/// <param name="Operation">The most that it is for: an update key may transfer too, and a transfer key may notify.</param>
/// <param name="Zone">At this name and below; the root means every zone.</param>
/// <param name="Primary">In the name of a transfer key: whom a secondary asks.</param>
/// <param name="Secondary">In the name of a transfer key: whom the primary notifies.</param>
/// <remarks>
/// The operation's label is searched from the right, without regard to case. Addresses stand before it:
/// <c>192.0.2.1.192.0.2.2._transfer.ZONE</c> names the primary, then the secondary, and a single one is the primary. An
/// IPv6 address is one label, its colons written as hyphens: <c>2001-db8--1</c>.
/// </remarks>
public sealed record KeyNameRole(AccessOperation Operation, DomainName Zone, IpAddress? Primary, IpAddress? Secondary)
{
    private const int IPv4Labels = 4;

    /// <summary>Reads a key's name; false when it has no such label.</summary>
    public static bool TryRead(DomainName keyName, [NotNullWhen(true)] out KeyNameRole? role)
    {
        role = null;
        var labels = new List<(string Text, DomainName Parent)>();
        for (var name = keyName; name.Parent is { } parent; name = parent)
            labels.Add((Encoding.Latin1.GetString(name.Wire.Slice(1, name.Wire[0])), parent));
        for (var at = labels.Count - 1; at >= 0; at--)
        {
            if (OperationOf(labels[at].Text) is not { } operation)
                continue;
            var end = at;
            var right = operation is AccessOperation.Transfer ? TakeAddress(labels, ref end) : null;
            var left = right is null ? null : TakeAddress(labels, ref end);
            role = new(operation, labels[at].Parent, left ?? right, left is null ? null : right);
            return true;
        }
        return false;
    }

    /// <summary>True when this role is for that operation in that zone.</summary>
    public bool Allows(AccessOperation operation, DomainName zone) => operation <= Operation && zone.IsAtOrBelow(Zone);

    private static AccessOperation? OperationOf(string label) => label.ToLowerInvariant() switch
    {
        "_notify" => AccessOperation.Notify,
        "_transfer" => AccessOperation.Transfer,
        "_update" => AccessOperation.Update,
        _ => null,
    };

    /// <summary>The address that ends before <paramref name="end"/>, which moves in front of it; null when there is none.</summary>
    private static IpAddress? TakeAddress(List<(string Text, DomainName Parent)> labels, ref int end)
    {
        if (end > 0 && IPv6Address.TryParse(Encoding.Latin1.GetBytes(labels[end - 1].Text.Replace('-', ':')), out var v6))
        {
            end--;
            return new(v6);
        }
        if (end < IPv4Labels)
            return null;
        var text = string.Join('.', labels.GetRange(end - IPv4Labels, IPv4Labels).Select(label => label.Text));
        if (!IPv4Address.TryParse(Encoding.Latin1.GetBytes(text), out var v4))
            return null;
        end -= IPv4Labels;
        return new(v4);
    }
}
