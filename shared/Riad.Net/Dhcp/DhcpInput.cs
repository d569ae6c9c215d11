namespace Riad.Net.Dhcp;

/// <summary>What happens to a DHCP client.</summary>
public abstract record DhcpInput
{
    private DhcpInput()
    {
    }

    /// <summary>The time has come that <see cref="DhcpClient.WakeAt"/> named; at first, to begin.</summary>
    public sealed record Tick : DhcpInput;

    /// <summary>A message came. It may be for others.</summary>
    /// <param name="Message">From anyone.</param>
    public sealed record Received(DhcpMessage Message) : DhcpInput;
}
