using System.Reflection.PortableExecutable;
using FsCheck;
using FsCheck.Fluent;
using Riad.Images.Boot;
using Xunit;

namespace Riad.Images.Tests.Boot;

public sealed class PortableExecutableTests
{
    [Fact]
    public void Sections_are_added_behind_those_that_are_there()
    {
        Assert.True(PortableExecutable.TryAppend(SampleFiles.Program(), [new(".cmdline", "quiet\0"u8.ToArray()), new(".linux", new byte[5000])], out var unified, out _));

        // The runtime's own reader is another than ours.
        using var reader = new PEReader(new MemoryStream(unified));
        var sections = reader.PEHeaders.SectionHeaders;
        Assert.Equal([(".text", 0x1000, 0x400), (".cmdline", 0x2000, 0x600), (".linux", 0x3000, 0x800)], sections.Select(section => (section.Name, section.VirtualAddress, section.PointerToRawData)));
        Assert.Equal([(0x123, 0x200), (6, 0x200), (5000, 0x1400)], sections.Select(section => (section.VirtualSize, section.SizeOfRawData)));
        Assert.Equal(SectionCharacteristics.ContainsInitializedData | SectionCharacteristics.MemRead, sections[1].SectionCharacteristics);
        Assert.Equal("quiet"u8.ToArray(), unified[0x600..0x605]);
        Assert.Equal(0x5000, reader.PEHeaders.PEHeader!.SizeOfImage);
        Assert.Equal(0x800 + 0x1400, unified.Length);
        Assert.Equal(0x200 + 0x1400, reader.PEHeaders.PEHeader.SizeOfInitializedData);
    }

    public static TheoryData<string, byte[], string, PeFault> Faults => new()
    {
        { "empty",                   [],                                     ".linux",    PeFault.NotAProgram },
        { "no signature",            Change(SampleFiles.Program(), 0x80, 0),             ".linux",    PeFault.NotAProgram },
        { "signature behind it",     Change(SampleFiles.Program(), 0x3E, 0xFF),          ".linux",    PeFault.NotAProgram },
        { "32 bits",                 Change(SampleFiles.Program(), 0x98, 0x0B, 0x01),    ".linux",    PeFault.NotAProgram },
        { "table behind the end",    Change(SampleFiles.Program(), 0x86, 0xFF, 0xFF),    ".linux",    PeFault.NotAProgram },
        { "no alignment",            Change(SampleFiles.Program(), 0x98 + 36, 0, 0),     ".linux",    PeFault.NotAProgram },
        { "room for none",           Change(SampleFiles.Program(), 0x98 + 60, 0xB0, 1),  ".linux",    PeFault.TableFull },
        { "nine letters",            SampleFiles.Program(),                              ".kernels1", PeFault.NameTooLong },
    };

    [Theory, MemberData(nameof(Faults))]
    public void What_takes_no_section_says_why(string why, byte[] program, string name, PeFault expected)
    {
        Assert.False(PortableExecutable.TryAppend(program, [new(name, new byte[1])], out _, out var fault), why);
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Whatever_octet_of_the_headers_is_changed_nothing_is_thrown() => Prop.ForAll<ushort, byte>((place, octet) =>
    {
        PortableExecutable.TryAppend(Change(SampleFiles.Program(), place % 0x1B0, octet), [new(".linux", new byte[3])], out _, out _);
        return true;
    }).QuickCheckThrowOnFailure();

    private static byte[] Change(byte[] file, int place, params byte[] octets)
    {
        octets.CopyTo(file, place);
        return file;
    }
}
