using Riad.Net.Io.Linux;

namespace Riad.Net.Io.Tests;

public sealed class ReactorTests
{
    [Fact]
    public void A_new_source_in_an_old_place_is_not_taken_for_the_old_one()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var reactor = Reactor.Start(0, processor: null);
        var descriptor = Native.EventDescriptor(0, Native.EFD_CLOEXEC);
        var (old, young) = (new Silent(), new Silent());
        Assert.True(reactor.TryAdd(old, descriptor, Native.EPOLLIN));
        reactor.Remove(old);
        _ = Native.Close(descriptor);
        descriptor = Native.EventDescriptor(0, Native.EFD_CLOEXEC);

        Assert.True(reactor.TryAdd(young, descriptor, Native.EPOLLIN));

        Assert.Equal(old.Slot, young.Slot);
        Assert.NotEqual(old.Key, young.Key);
        reactor.Remove(young);
        _ = Native.Close(descriptor);
    }

    private sealed class Silent : ReactorSource
    {
        internal override void OnReady(uint events)
        {
        }
    }
}
