using FsCheck;
using FsCheck.Fluent;
using Riad.Images.Packages;
using Xunit;

namespace Riad.Images.Tests.Packages;

public sealed class DebianVersionTests
{
    [Theory]
    // each earlier than the one behind it
    [InlineData("1.0~rc1", "1.0")]
    [InlineData("1.0~~", "1.0~")]
    [InlineData("1.0~", "1.0")]
    [InlineData("1.0", "1.0a")]
    [InlineData("1.0a", "1.0+b")]
    [InlineData("1.9", "1.10")]
    [InlineData("2.36-9+deb12u9", "2.36-9+deb12u14")]
    [InlineData("20250419~deb12u1", "20250419~deb12u2")]
    [InlineData("252.39-1~deb12u2", "252.39-1")]
    [InlineData("1.47.0-2", "1.47.0-2+b2")]
    [InlineData("9.9", "1:0.1")]
    [InlineData("1.0-1", "1.0-2")]
    [InlineData("1.0-9", "1.0.1-1")]
    [InlineData("1.0", "1.0-1")]
    [InlineData("1-1-1", "1-1-2")]
    public void Earlier_comes_before_later(string earlier, string later)
    {
        Assert.True(DebianVersion.Compare(earlier, later) < 0);
        Assert.True(DebianVersion.Compare(later, earlier) > 0);
    }

    [Theory, InlineData("1.0", "1.0"), InlineData("1.0", "0:1.0"), InlineData("1.0-0", "1.0"), InlineData("1.01", "1.1"), InlineData("", "0")]
    public void What_means_the_same_is_the_same(string one, string other) => Assert.Equal(0, DebianVersion.Compare(one, other));

    [Fact]
    public void Whatever_the_texts_nothing_is_thrown_and_the_order_turns_with_them() => Prop.ForAll<string?, string?>((first, second) =>
        Math.Sign(DebianVersion.Compare(first ?? "", second ?? "")) == -Math.Sign(DebianVersion.Compare(second ?? "", first ?? ""))).QuickCheckThrowOnFailure();
}
