using Riad.Core;

namespace Riad.Dns.Server.Access;

/// <summary>What is wrong with a policy file, where, and what to write instead.</summary>
/// <param name="At">The word at fault, or the end of the line where one is missing.</param>
/// <param name="Fault">Which fault.</param>
/// <param name="Found">The word, fit to be shown; empty at the end of a line.</param>
public sealed record PolicyError(TextPosition At, PolicyFault Fault, string Found)
{
    /// <summary>As compilers print it.</summary>
    public override string ToString() => $"{At}: {Describe()}";

    private string Describe() => Fault switch
    {
        PolicyFault.WhoExpected => $"{Instead} 'key NAME may ...', or 'address ADDRESS[/BITS] may transfer ...'",
        PolicyFault.NameExpected => $"{Instead} a domain name, such as example.org",
        PolicyFault.AddressExpected => $"{Instead} an address or a network, such as 192.0.2.1 or 2001:db8::/32",
        PolicyFault.MayExpected => $"{Instead} 'may', then what: update, transfer, notify or nothing",
        PolicyFault.OperationExpected => $"{Instead} update, transfer, notify or nothing",
        PolicyFault.AddressMayOnlyTransfer => $"{Instead} transfer; an address can be forged, so that updates and notifications need a key",
        PolicyFault.ScopeExpected => $"{Instead} 'zone NAME', 'zones under NAME' or 'every zone'; for an update also 'name NAME' or 'names under NAME'",
        PolicyFault.NamesOnlyForUpdate => "transfers and notifications are of whole zones; write 'zone NAME', 'zones under NAME' or 'every zone'",
        PolicyFault.EndExpected => $"{Instead} nothing more on this line, or 'types' and record types, such as types A AAAA",
        PolicyFault.TypesOnlyForUpdate => "transfers and notifications are of all types; leave out 'types' and what follows",
        PolicyFault.TypeExpected => $"{Instead} a record type, such as A, TXT or TYPE65280",
        PolicyFault.NothingAndSomething => $"key {Found} has a line that says 'may nothing' and another that says more; keep one of them",
    };

    private string Instead => Found.Length == 0 ? "the line ends too early; write" : $"'{Found}' is not understood here; write";
}
