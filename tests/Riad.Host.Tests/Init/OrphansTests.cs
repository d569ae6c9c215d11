using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class OrphansTests
{
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 7, false)]
    [InlineData(7, 7, false)]
    [InlineData(9, 7, true)]
    [InlineData(9, 0, false)]
    public void Only_what_is_surely_not_the_service_is_asked_how_it_ended(int ended, int service, bool isOrphan) =>
        Assert.Equal(isOrphan, Orphans.IsOrphan(ended, service));
}
