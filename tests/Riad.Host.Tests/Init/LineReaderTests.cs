using System.Text;
using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class LineReaderTests
{
    private static readonly string Full = new('x', LineReader.MaxLineLength);

    public static TheoryData<string, string, string[]> Texts => new()
    {
        // what                                   said                        lines
        { "nothing",                              "",                         [] },
        { "an empty line",                        "\n",                       [""] },
        { "two lines",                            "one\ntwo\n",               ["one", "two"] },
        { "no end",                               "one\ntwo",                 ["one", "two"] },
        { "every way to end a line",              "one\r\ntwo\rthree\n\rfour", ["one", "two", "three", "", "four"] },
        { "more than ASCII",                      "zwölf €\n",                ["zwölf €"] },
        { "a line of full length",                Full + "\none\n",           [Full, "one"] },
        { "a line of full length, of Windows",    Full + "\r\none\n",         [Full, "one"] },
        { "a line too long",                      Full + Full + "yy\none\n",  [Full, Full, "yy", "one"] },
    };

    [Theory, MemberData(nameof(Texts))]
    public async Task Lines_end_where_they_should_and_where_they_become_too_long(string what, string said, string[] lines)
    {
        // In parts of every size up to seven, then as a whole.
        foreach (var part in (int[])[1, 2, 3, 4, 5, 6, 7, int.MaxValue])
        {
            await using var source = new Dripping(Encoding.UTF8.GetBytes(said), part);
            var reader = new LineReader(source);
            var read = new List<string>();
            while (await reader.ReadAsync() is { } line)
                read.Add(line);

            Assert.Equal((what, part, string.Join('|', lines)), (what, part, string.Join('|', read)));
        }
    }

    private sealed class Dripping(byte[] octets, int part) : MemoryStream(octets)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(part, buffer.Length)], cancellationToken);
    }
}
