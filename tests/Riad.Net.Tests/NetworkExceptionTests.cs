using Riad.Core;

namespace Riad.Net.Tests;

public sealed class NetworkExceptionTests
{
    public static TheoryData<NetworkFault, string, string> Sentences => new()
    {
        { NetworkFault.PortTaken, "0.0.0.0:53", "UDP port 53 on 0.0.0.0 is already taken; stop the other program or choose another port than 0.0.0.0:53" },
        { NetworkFault.PermissionDenied, "[::]:53", "no permission to listen on UDP [::]:53: a port below 1024 needs CAP_NET_BIND_SERVICE (or root); grant it or choose a port from 1024" },
        { NetworkFault.PermissionDenied, "127.0.0.1:5300", "no permission to listen on UDP 127.0.0.1:5300" },
        { NetworkFault.AddressNotAvailable, "192.0.2.1:53", "cannot listen on UDP 192.0.2.1:53: no interface of this host has the address 192.0.2.1" },
        { NetworkFault.Other, "127.0.0.1:53", "cannot listen on UDP 127.0.0.1:53: Too many open files" },
    };

    [Theory, MemberData(nameof(Sentences))]
    public void A_refusal_to_listen_is_one_sentence_that_says_what_to_do(NetworkFault fault, string local, string sentence)
    {
        Assert.True(IpEndpoint.TryParse(local, out var endpoint));

        Assert.Equal(sentence, NetworkException.CannotListen(fault, endpoint, "UDP", "Too many open files").Message);
    }
}
