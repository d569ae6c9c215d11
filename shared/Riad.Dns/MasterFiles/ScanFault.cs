namespace Riad.Dns.MasterFiles;

/// <summary>Why octets cannot be taken apart into words.</summary>
internal enum ScanFault
{
    None,
    QuoteOpen,
    ParenthesisOpen,
    ParenthesisUnopened,
    ControlOctet,
    TooManyWords,
}
