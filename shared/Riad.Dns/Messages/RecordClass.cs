using System.Diagnostics.CodeAnalysis;

namespace Riad.Dns.Messages;

/// <summary>The class of a record or question; 16 bits, so that other values occur.</summary>
/// <remarks>Source: IANA, "DNS CLASSes". In an OPT record the field holds a size instead.</remarks>
[SuppressMessage("Design", "CA1027:Mark enums with FlagsAttribute", Justification = "numbers of a registry, not flags")]
public enum RecordClass
{
    /// <summary>IN: the Internet. RFC 1035 §3.2.4.</summary>
    Internet = 1,

    /// <summary>CH: Chaosnet; today questions about the server itself. RFC 1035 §3.2.4.</summary>
    Chaos = 3,

    /// <summary>HS: Hesiod.</summary>
    Hesiod = 4,

    /// <summary>NONE: in updates, what shall not be. RFC 2136 §2.4.</summary>
    None = 254,

    /// <summary>ANY: every class. RFC 1035 §3.2.5.</summary>
    Any = 255,
}
