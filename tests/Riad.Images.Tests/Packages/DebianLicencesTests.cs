using Riad.Images.Packages;
using Xunit;

namespace Riad.Images.Tests.Packages;

public sealed class DebianLicencesTests
{
    [Fact]
    public void Every_package_of_an_image_has_one() => Assert.Empty(
        from image in ApplianceImage.All
        from architecture in Architecture.All
        from package in image.PackagesFor(architecture)
        where DebianLicences.Of(package.Text).Length == 0
        select package.Text);

    [Theory, InlineData("linux-image-6.1.0-56-cloud-amd64", "GPL-2.0-only WITH Linux-syscall-note"), InlineData("squashfs-tools", "")]
    public void A_kernel_has_that_of_every_kernel_and_a_tool_has_none(string package, string licence) => Assert.Equal(licence, DebianLicences.Of(package));
}
